import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { createToyRun } from '../../test/support/toy-run';
import { RUNS_FOLDER } from '../shared/run-format';
import { locateExperiment } from './locate-experiment';
import { readRunRecord, writeRunRecord } from './run-record';

/** A project with a run and an experiment at the path `place`. */
async function project(place: string): Promise<{ root: string; run: string }> {
  const root = join(await temporaryFolder(), 'project');
  const experimentFile = join(root, place);
  await mkdir(dirname(experimentFile), { recursive: true });
  await writeFile(experimentFile, '{}');
  const run = await createToyRun({ runsFolder: join(root, RUNS_FOLDER), experimentFile });
  await run.close();
  return { root, run: join(RUNS_FOLDER, run.record.id) };
}

/** Rewrites the record as an earlier version would have. */
async function forgetPlace(runFolder: string): Promise<void> {
  const { experimentPlace: _, ...older } = await readRunRecord(runFolder);
  await writeRunRecord(runFolder, older);
}

async function located(runFolder: string): Promise<string> {
  return await locateExperiment(runFolder, await readRunRecord(runFolder));
}

it('is recorded relative to the runs, with slashes', async () => {
  const { root, run } = await project('experiments/toy.gan.json');
  expect((await readRunRecord(join(root, run))).experimentPlace).toBe('../experiments/toy.gan.json');
});

it.each(['toy.gan.json', 'experiments/toy.gan.json'])('moves with the project (%s)', async (place) => {
  const { root, run } = await project(place);
  await rename(root, `${root} moved`);
  expect(await located(join(`${root} moved`, run))).toBe(join(`${root} moved`, place));
});

it('is the one of the copy in a copied project, and the original in the original', async () => {
  const { root, run } = await project('toy.gan.json');
  await cp(root, `${root} copy`, { recursive: true });
  expect(await located(join(`${root} copy`, run))).toBe(join(`${root} copy`, 'toy.gan.json'));
  expect(await located(join(root, run))).toBe(join(root, 'toy.gan.json'));
});

it('is found beside the runs by its name, of an older run in a moved project', async () => {
  const { root, run } = await project('toy.gan.json');
  await forgetPlace(join(root, run));
  await rename(root, `${root} moved`);
  expect(await located(join(`${root} moved`, run))).toBe(join(`${root} moved`, 'toy.gan.json'));
});

it('is where it was made when only the runs were moved', async () => {
  const { root, run } = await project('toy.gan.json');
  const elsewhere = join(await temporaryFolder(), 'archive', RUNS_FOLDER);
  await mkdir(dirname(elsewhere));
  await rename(join(root, RUNS_FOLDER), elsewhere);
  expect(await located(join(elsewhere, '..', run))).toBe(join(root, 'toy.gan.json'));
});

it('is named by its place when it is gone', async () => {
  const { root, run } = await project('toy.gan.json');
  await rm(join(root, 'toy.gan.json'));
  expect(await located(join(root, run))).toBe(join(root, 'toy.gan.json'));
});
