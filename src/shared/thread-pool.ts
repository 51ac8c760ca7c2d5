/**
 * The number of threads that decode images concurrently: Node.js uses four regardless of the cores, unless set early.
 */
import { availableParallelism } from 'node:os';

/**
 * The value of `UV_THREADPOOL_SIZE` for a process that imports: one thread per core and one that waits for the disk, or
 * the user's own setting. It is read once, before the first thread is used.
 */
export function threadPoolSize(): string {
  return process.env.UV_THREADPOOL_SIZE ?? String(Math.max(4, availableParallelism() + 1));
}
