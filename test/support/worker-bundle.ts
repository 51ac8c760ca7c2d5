/** Bundles the entry point of a training worker, or a program of a test, into a single file that a process can run. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { nodeBundle } from '../../scripts/bundle-options.mjs';

export interface WorkerBundle {
  readonly file: string;
  remove(): Promise<void>;
}

/** @param entry file in `src/worker` */
export async function bundleWorker(entry = 'main.ts'): Promise<WorkerBundle> {
  return await bundle({ entryPoints: [resolve('src/worker', entry)] });
}

/** @param contents TypeScript with imports relative to the repository */
export async function bundleProgram(contents: string): Promise<WorkerBundle> {
  return await bundle({ stdin: { contents, resolveDir: resolve('.'), loader: 'ts' } });
}

/** Writes inside the repository, where the native runtime and the assets resolve as they do from `dist`. */
async function bundle(entry: Pick<BuildOptions, 'entryPoints' | 'stdin'>): Promise<WorkerBundle> {
  const folder = await mkdtemp(resolve('node_modules', '.worker-bundle-'));
  const file = join(folder, 'worker.cjs');
  await build({ ...nodeBundle(), ...entry, outfile: file });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}
