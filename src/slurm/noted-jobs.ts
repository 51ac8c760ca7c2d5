/** Which jobs of Slurm were submitted for a folder: an empty file named after each. */
import { join } from 'node:path';
import { readFolder, writeFileDurably } from '../storage/durable-file';

/** Throws `StorageError`. */
export async function noteJob(folder: string, job: number): Promise<void> {
  await writeFileDurably(join(folder, String(job)), '');
}

/** Throws `StorageError`. */
export async function notedJobs(folder: string): Promise<number[]> {
  return jobsAmong(await readFolder(folder));
}

/** In the order in which Slurm has numbered them. */
export function jobsAmong(names: readonly string[]): number[] {
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}
