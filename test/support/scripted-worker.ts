/** A fake training worker: records the messages it receives, and sends those that the test dictates. */
import { EventEmitter } from 'node:events';
import type { TrainingWorker } from '../../src/host/training/training-job';
import { TrainingManager } from '../../src/host/training/training-manager';
import type { TrainingIsolation } from '../../src/shared/contributions';
import { type Envelope, type FromWorker, Sender, type ToWorker } from '../../src/shared/worker-protocol';

export class ScriptedWorker extends EventEmitter implements TrainingWorker {
  readonly isolation: TrainingIsolation;
  readonly received: Envelope<ToWorker>[] = [];
  #sender: Sender<FromWorker> | undefined;

  constructor(isolation: TrainingIsolation = 'thread') {
    super();
    this.isolation = isolation;
  }

  postMessage(message: Envelope<ToWorker>): void {
    this.received.push(message);
    this.#sender ??= new Sender(message.jobId, (envelope) => this.emit('message', envelope));
  }

  say(message: FromWorker): void {
    this.#sender?.send(message);
  }
}

const nothing = (): void => undefined;

function managerOf(openWorker: () => ScriptedWorker, maxParallel: number): TrainingManager {
  return new TrainingManager({
    openWorker,
    maxParallel: () => maxParallel,
    recordDeath: async () => undefined,
    log: { info: nothing, warn: nothing, error: nothing },
  });
}

/** Training manager without a log, and the workers that it has started so far, a new one for each job. */
export function scriptedQueue(maxParallel: number) {
  const workers: ScriptedWorker[] = [];
  const openWorker = (): ScriptedWorker => {
    const worker = new ScriptedWorker();
    workers.push(worker);
    return worker;
  };
  return { manager: managerOf(openWorker, maxParallel), workers };
}

/** Training manager with one such worker and no log. */
export function scriptedTraining() {
  const worker = new ScriptedWorker();
  return { manager: managerOf(() => worker, 1), worker };
}
