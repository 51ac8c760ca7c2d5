/** A fake training worker: records the messages it receives, and sends those that the test dictates. */
import { EventEmitter } from 'node:events';
import type { TrainingWorker } from '../../src/host/training/training-job';
import { TrainingManager } from '../../src/host/training/training-manager';
import { type Envelope, type FromWorker, Sender, type ToWorker } from '../../src/shared/worker-protocol';

export class ScriptedWorker extends EventEmitter implements TrainingWorker {
  readonly isolation = 'thread';
  readonly received: Envelope<ToWorker>[] = [];
  #sender: Sender<FromWorker> | undefined;

  postMessage(message: Envelope<ToWorker>): void {
    this.received.push(message);
    this.#sender ??= new Sender(message.jobId, (envelope) => this.emit('message', envelope));
  }

  say(message: FromWorker): void {
    this.#sender?.send(message);
  }
}

const nothing = (): void => undefined;

/** Training manager without a log, and the workers that it has started so far, a new one for each job. */
export function scriptedQueue(maxParallel: number) {
  const workers: ScriptedWorker[] = [];
  const manager = new TrainingManager({
    openWorker: () => {
      const worker = new ScriptedWorker();
      workers.push(worker);
      return worker;
    },
    maxParallel: () => maxParallel,
    recordDeath: async () => undefined,
    log: { info: nothing, warn: nothing, error: nothing },
  });
  return { manager, workers };
}

/** Training manager with one such worker and no log. */
export function scriptedTraining() {
  const worker = new ScriptedWorker();
  const manager = new TrainingManager({
    openWorker: () => worker,
    maxParallel: () => 1,
    recordDeath: async () => undefined,
    log: { info: nothing, warn: nothing, error: nothing },
  });
  return { manager, worker };
}
