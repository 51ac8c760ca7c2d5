/** A training in a thread of this process: the quickest to start, and as safe as the native runtime is. */
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { TrainingWorker } from './training-job';

/** `onOutput` gets what the native runtime writes beside the protocol, chunk by chunk. */
export function openWorkerThread(workerFile: string, onOutput: (text: string) => void): TrainingWorker {
  // The native runtime reads the environment of the process, and a thread sets there what it is to do.
  const worker = new Worker(workerFile, { stdout: true, stderr: true, env: SHARE_ENV });
  for (const stream of [worker.stdout, worker.stderr])
    stream.on('data', (chunk: Buffer) => onOutput(chunk.toString()));
  return Object.assign(worker, { isolation: 'thread' } as const);
}
