/** The entry of a training worker, or a program of a test, as one file, which a process can be started with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { nodeBundle } from '../../scripts/bundle-options.mjs';

export interface WorkerBundle {
  readonly file: string;
  remove(): Promise<void>;
}

export async function bundleWorker(): Promise<WorkerBundle> {
  return await bundle({ entryPoints: [resolve('src/worker/main.ts')] });
}

/** @param contents TypeScript, whose imports are relative to the repository */
export async function bundleProgram(contents: string): Promise<WorkerBundle> {
  return await bundle({ stdin: { contents, resolveDir: resolve('.'), loader: 'ts' } });
}

/** Inside the repository, where the native runtime and the assets are found as they are from `dist`. */
async function bundle(entry: Pick<BuildOptions, 'entryPoints' | 'stdin'>): Promise<WorkerBundle> {
  const folder = await mkdtemp(resolve('node_modules', '.worker-bundle-'));
  const file = join(folder, 'worker.cjs');
  await build({ ...nodeBundle(), ...entry, outfile: file });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}
