import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import type { ScoreRecord } from '../shared/run-format';
import { evaluationsFolder, readEvaluations, writeEvaluation } from './evaluations';

function score(step: number, value: number, protocol = 'p', seed = 0): ScoreRecord {
  return { schemaVersion: 1, type: 'score', step, name: 'fid', value, protocol, details: { seed } };
}

const at = (minute: number): Date => new Date(Date.UTC(2030, 0, 1, 0, minute));

it('keeps the scores of each protocol, in the order in which they were computed', async () => {
  const run = await temporaryFolder();
  expect(await readEvaluations(run)).toEqual([]);
  await writeEvaluation(run, [score(20, 4)], at(1));
  await writeEvaluation(run, [score(10, 5)], at(2));
  await writeEvaluation(run, [score(10, 6, 'q')], at(0));
  expect((await readEvaluations(run)).map(({ value }) => value)).toEqual([6, 4, 5]);
});

it('replaces what is scored again in the same way', async () => {
  const run = await temporaryFolder();
  await writeEvaluation(run, [score(10, 5)], at(1));
  await writeEvaluation(run, [score(10, 7)], at(2));
  await writeEvaluation(run, [score(10, 8, 'p', 1)], at(3));
  expect((await readEvaluations(run)).map(({ value }) => value)).toEqual([7, 8]);
  expect(await readdir(await evaluationsFolder(run))).toHaveLength(2);
});

it('says which file is damaged, and leaves out what is half-written', async () => {
  const run = await temporaryFolder();
  const folder = await evaluationsFolder(run);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '.a.tmp'), '{');
  expect(await readEvaluations(run)).toEqual([]);
  await writeFile(join(folder, 'step-00000001-0.json'), '{"schemaVersion":1}');
  await expect(readEvaluations(run)).rejects.toThrow('step-00000001-0.json is damaged');
});

it.skipIf(process.platform === 'win32')('says which file is none, and waits for nothing', async () => {
  const run = await temporaryFolder();
  const folder = await evaluationsFolder(run);
  await mkdir(join(folder, 'a.json'), { recursive: true });
  await expect(readEvaluations(run)).rejects.toThrow('a.json is not a regular file');
  await rm(join(folder, 'a.json'), { recursive: true });
  execFileSync('mkfifo', [join(folder, 'b.json')]);
  await expect(readEvaluations(run)).rejects.toThrow('b.json is not a regular file');
});
