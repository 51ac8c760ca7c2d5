/** Training in a thread of this process: fastest to start, and as safe as the native runtime. */
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { TrainingWorker } from './training-job';

/** `onOutput` receives the native runtime's output outside the protocol, chunk by chunk. */
export function openWorkerThread(workerFile: string, onOutput: (text: string) => void): TrainingWorker {
  // Shared, because the thread configures the native runtime through the environment of the process.
  const worker = new Worker(workerFile, { stdout: true, stderr: true, env: SHARE_ENV });
  for (const stream of [worker.stdout, worker.stderr])
    stream.on('data', (chunk: Buffer) => onOutput(chunk.toString()));
  return Object.assign(worker, { isolation: 'thread' } as const);
}
