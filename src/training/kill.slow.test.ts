import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { checkpointBytes, loggedSteps, recordsOf } from '../../test/support/training-job';
import { Random } from '../random/random';
import { readRun } from '../run-folder/list-runs';
import { LockObserver } from '../run-folder/lock-file';
import { sampleSteps } from '../run-folder/sample-files';
import { RUN_FILES, stepFileName } from '../shared/run-format';

const KILLS = 6;
const TOTAL_STEPS = 400;

async function bundle(folder: string): Promise<string> {
  const outfile = join(folder, 'killed-training.mjs');
  await build({
    entryPoints: ['test/support/killed-training.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
    },
    outfile,
  });
  return outfile;
}

/** Kills the process once it reports `killAfter` steps of this session; returns the signal that ended it. */
async function train(
  script: string,
  args: readonly string[],
  killAfter = Number.POSITIVE_INFINITY,
): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on('close', (_code, signal) => resolve(signal));
  });
  let steps = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    if (++steps === killAfter) child.kill('SIGKILL');
  }
  return await ended;
}

it('survives SIGKILL at any instant: every resume works, with no gap, no duplicate and the same bytes', async () => {
  const scratch = await temporaryFolder();
  const script = await bundle(scratch);
  const straightRuns = join(scratch, 'straight');
  const killedRuns = join(scratch, 'killed');
  const run = (runs: string): string => join(runs, '00001-line-points');
  const folder = run(killedRuns);
  const random = Random.seeded(1, 'kills');

  expect(await train(script, [straightRuns, 'new'])).toBeNull();
  expect(await train(script, [killedRuns, 'new'], 1 + random.below(30))).toBe('SIGKILL');
  for (let kill = 1; kill < KILLS; kill++) {
    expect(await readRun(folder, new LockObserver())).toMatchObject({ status: 'interrupted' });
    expect(await train(script, [folder, 'resume'], 1 + random.below(30))).toBe('SIGKILL');
  }
  expect(await train(script, [folder, 'resume'])).toBeNull();

  expect(await loggedSteps(folder)).toEqual(Array.from({ length: TOTAL_STEPS }, (_, i) => i + 1));
  const steps = (await recordsOf(folder)).map(({ step }) => step);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(await sampleSteps(folder)).toEqual(await sampleSteps(run(straightRuns)));
  for (const step of [396, 400]) {
    const name = stepFileName(step, 'safetensors');
    expect((await checkpointBytes(folder, name)).equals(await checkpointBytes(run(straightRuns), name))).toBe(
      true,
    );
  }
  expect(await readRun(folder, new LockObserver())).toMatchObject({
    status: 'completed',
    record: { step: 400 },
  });
  const names = [folder, join(folder, RUN_FILES.samples), join(folder, RUN_FILES.checkpoints)];
  const left = (await Promise.all(names.map((name) => readdir(name)))).flat();
  expect(left.filter((name) => name.endsWith('.tmp') || name.includes('lock'))).toEqual([]);
});
