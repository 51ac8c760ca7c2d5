/** The native runtime leaves nothing on a machine that would identify it to the vendor. */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { bundleProgram, type WorkerBundle } from '../../../test/support/worker-bundle';

/** Multiplies with the native runtime, in the process or in a worker thread, opened as the extension opens them. */
const PROGRAM = `
import { isMainThread } from 'node:worker_threads';
import { openNativeMultiply } from './src/evaluation/algebra/native-multiply';
import { openWorkerThread } from './src/host/training/worker-thread';

async function multiply(): Promise<void> {
  const { multiply, close } = await openNativeMultiply(1);
  const matrix = { rows: 1, columns: 1, data: Float64Array.of(3) };
  console.log((await multiply(matrix, matrix)).data[0]);
  await close();
}

if (isMainThread && process.argv[2] === 'thread') openWorkerThread(__filename, (text) => console.log(text));
else void multiply();
`;

let program: WorkerBundle;
beforeAll(async () => {
  program = await bundleProgram(PROGRAM);
});
afterAll(() => program.remove());

it.each(['process', 'thread'])('stores no identifier and no events, run in a %s', async (where) => {
  const home = await temporaryFolder();
  const env = { ...process.env, HOME: home, XDG_CACHE_HOME: home, ORT_DISABLE_TELEMETRY: '' };
  const { stdout } = await promisify(execFile)(process.execPath, [program.file, where], { env });
  expect(stdout.trim()).toBe('9');
  expect(await readdir(home)).toEqual([]);
});
