/** How many threads decode pictures at once: Node.js has four, however many cores there are, unless it is told early. */
import { availableParallelism } from 'node:os';

/**
 * What `UV_THREADPOOL_SIZE` is to be for a process that imports: as many as can compute and one that waits for the disk,
 * or what a person has set. It is read once, before the first thread is used.
 */
export function threadPoolSize(): string {
  return process.env.UV_THREADPOOL_SIZE ?? String(Math.max(4, availableParallelism() + 1));
}
