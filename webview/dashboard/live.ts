/** Live requests of the page to its run; the host answers a refusal with a notice. */
import type { ConfigChanges, LiveRequest, Pace } from '../../src/shared/live-request';
import type { NetworkRole } from '../../src/shared/run-format';
import { send } from './host';

function ask(request: LiveRequest): void {
  send({ type: 'live', run: 0, request });
}

/** `stepsPerSecond` for slow motion, null for full speed. */
export function setPace(stepsPerSecond: Pace): void {
  ask({ type: 'setPace', stepsPerSecond });
}

/** The run must be paused, and stays so. */
export function stepOnce(): void {
  ask({ type: 'stepOnce' });
}

/** Updates one network alone; the run must be paused. */
export function stepPlayer(player: NetworkRole): void {
  ask({ type: 'stepPlayer', player });
}

/** Changes the config from the next step on. */
export function applyChange(changes: ConfigChanges): void {
  ask({ type: 'applyChange', changes });
}
