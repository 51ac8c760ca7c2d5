import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { RunFolderError } from '../../run-folder/errors';
import { STEP_CURVES } from '../../shared/dashboard-protocol';
import type { MetricsRecord } from '../../shared/run-format';
import { writeCurvesCsv } from './curves-csv';

function step(step: number, extra?: Readonly<Record<string, number>>): MetricsRecord {
  return {
    schemaVersion: 1,
    type: 'step',
    step,
    images: 8 * step,
    seconds: step / 3,
    imagesPerSecond: 24,
    discriminatorLoss: 0.1,
    generatorLoss: 1e-9,
    realScore: 0.5,
    fakeScore: 0.25,
    discriminatorGradientNorm: 1,
    generatorGradientNorm: 2,
    ...(extra === undefined ? {} : { extra }),
  };
}

const stopped: MetricsRecord = {
  schemaVersion: 1,
  type: 'event',
  step: 2,
  event: 'stopped',
  at: '2026-01-01T00:00:00.000Z',
};

async function run(name: string, ...records: readonly MetricsRecord[]): Promise<string> {
  const folder = join(await temporaryFolder(), name);
  await mkdir(folder);
  const lines = records.map((record) => `${JSON.stringify(record)}\n`);
  await writeFile(join(folder, 'metrics.jsonl'), lines.join(''));
  return folder;
}

it('writes every digit, with empty cells where a record has no such value', async () => {
  const folder = await run('00001-toy', step(1), stopped, step(2, { 'a "b", c': 0.5 }));
  const path = join(folder, '..', 'curves.csv');
  await writeCurvesCsv(path, [folder]);
  const [head, ...rows] = (await readFile(path, 'utf8')).split('\r\n');
  expect(head).toBe(`step,images,seconds,${STEP_CURVES.join()},"a ""b"", c"`);
  expect(rows).toEqual([
    `1,8,${1 / 3},0.1,1e-9,0.5,0.25,1,2,24,`,
    `2,16,${2 / 3},0.1,1e-9,0.5,0.25,1,2,24,0.5`,
    '',
  ]);
});

it('names the run of each row where there are several', async () => {
  const folders = [await run('00001-a', step(1)), await run('00002-b', step(1, { p: 1 }))];
  const path = join(await temporaryFolder(), 'curves.csv');
  await writeCurvesCsv(path, folders);
  const values = `1,8,${1 / 3},0.1,1e-9,0.5,0.25,1,2,24`;
  expect(await readFile(path, 'utf8')).toBe(
    `run,step,images,seconds,${STEP_CURVES.join()},p\r\n00001-a,${values},\r\n00002-b,${values},1\r\n`,
  );
});

it('writes all values of a run, also where they are more than are drawn', async () => {
  const names = Array.from({ length: 100 }, (_, i) => `value ${i}`);
  const folder = await run('00001-toy', step(1, Object.fromEntries(names.map((name, i) => [name, i]))));
  const path = join(folder, '..', 'curves.csv');
  await writeCurvesCsv(path, [folder]);
  expect((await readFile(path, 'utf8')).split('\r\n')[0]).toContain(names.join());
});

it('leaves nothing half-written behind', async () => {
  const path = join(await temporaryFolder(), 'missing', 'curves.csv');
  await expect(writeCurvesCsv(path, [])).rejects.toThrow(`Cannot write ${path}`);
});

it('writes no records from outside of a run', async () => {
  const folder = await run('00001-toy');
  const outside = await run('outside', step(1));
  await rm(join(folder, 'metrics.jsonl'));
  await symlink(join(outside, 'metrics.jsonl'), join(folder, 'metrics.jsonl'));
  const path = join(folder, '..', 'curves.csv');
  await expect(writeCurvesCsv(path, [folder])).rejects.toThrow(RunFolderError);
});
