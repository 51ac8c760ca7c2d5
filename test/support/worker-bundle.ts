/** The entry of a training worker as one file, which a process can be started with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

export interface WorkerBundle {
  readonly file: string;
  remove(): Promise<void>;
}

/** Inside the repository, where the native runtime and the assets are found as they are from `dist`. */
export async function bundleWorker(): Promise<WorkerBundle> {
  const folder = await mkdtemp(resolve('node_modules', '.worker-bundle-'));
  const file = join(folder, 'worker.cjs');
  await build({
    entryPoints: [resolve('src/worker/main.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    external: ['onnxruntime-node', 'onnxruntime-web', 'sharp'],
  });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}
