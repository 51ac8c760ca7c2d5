/** A training in a thread of this process: the quickest to start, and as safe as the native runtime is. */
import { Worker } from 'node:worker_threads';
import type { TrainingWorker } from './training-job';

/** `onOutput` gets what the native runtime writes beside the protocol, chunk by chunk. */
export function openWorkerThread(workerFile: string, onOutput: (text: string) => void): TrainingWorker {
  const worker = new Worker(workerFile, { stdout: true, stderr: true });
  for (const stream of [worker.stdout, worker.stderr])
    stream.on('data', (chunk: Buffer) => onOutput(chunk.toString()));
  return Object.assign(worker, { isolation: 'thread' } as const);
}
