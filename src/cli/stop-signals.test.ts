import { expect, it } from 'vitest';
import { signalHandler } from './stop-signals';

/** Returns the actions triggered by signals at these times, in milliseconds. */
function actionsAt(...times: readonly number[]): string[] {
  const actions: string[] = [];
  let nowMs = 0;
  const onSignal = signalHandler(
    { stop: () => actions.push('stop'), quit: () => actions.push('quit') },
    () => nowMs,
  );
  for (const time of times) {
    nowMs = time;
    onSignal();
  }
  return actions;
}

it('stops at the first signal and takes one that follows at once for the same', () => {
  expect(actionsAt(500)).toEqual(['stop']);
  expect(actionsAt(500, 500)).toEqual(['stop']);
  expect(actionsAt(500, 501, 2499)).toEqual(['stop']);
});

it('quits at a signal that comes two seconds or more after the one before it', () => {
  expect(actionsAt(500, 2500)).toEqual(['stop', 'quit']);
  expect(actionsAt(500, 501, 2501)).toEqual(['stop', 'quit']);
  // A pair across the two-second limit is still one request, sent twice.
  expect(actionsAt(500, 2400, 2600)).toEqual(['stop']);
});
