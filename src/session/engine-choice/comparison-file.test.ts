import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { localizable } from '../../shared/localizable-text';
import type { Comparison } from '../../shared/step-time-protocol';
import { recallComparison, rememberComparison } from './comparison-file';

const NOW_MS = Date.UTC(2030, 0, 2);
const DAY_MS = 24 * 60 * 60 * 1000;
const measured: Comparison = { kind: 'measured', processorStepMs: 85, deviceStepMs: 12 };
const unusable: Comparison = { kind: 'unusable', reason: localizable('{0} is missing', 'libvulkan.so.1') };

let folder: string;

beforeEach(async () => {
  const cache = await temporaryFolder();
  vi.stubEnv('GAN_WORKBENCH_CACHE', cache);
  folder = join(cache, 'engines');
});

afterEach(() => vi.unstubAllEnvs());

it.each([measured, { kind: 'measured', processorStepMs: 85 } as const, unusable])(
  'remembers %j of one network, and of no other',
  async (comparison) => {
    await rememberComparison('a', { comparison, atMs: NOW_MS });
    expect(await recallComparison('a', NOW_MS)).toEqual({ comparison, atMs: NOW_MS });
    expect(await recallComparison('b', NOW_MS)).toBeUndefined();
  },
);

it('replaces what it remembered', async () => {
  await rememberComparison('a', { comparison: unusable, atMs: NOW_MS });
  await rememberComparison('a', { comparison: measured, atMs: NOW_MS });
  expect((await recallComparison('a', NOW_MS))?.comparison).toEqual(measured);
});

it('forgets what was measured after a month, and what failed after a day', async () => {
  await rememberComparison('measured', { comparison: measured, atMs: NOW_MS });
  await rememberComparison('failed', { comparison: unusable, atMs: NOW_MS });
  const remembered = async (days: number): Promise<boolean[]> =>
    await Promise.all(
      ['measured', 'failed'].map(
        async (key) => (await recallComparison(key, NOW_MS + days * DAY_MS)) !== undefined,
      ),
    );
  expect(await remembered(0.9)).toEqual([true, true]);
  expect(await remembered(1)).toEqual([true, false]);
  expect(await remembered(30)).toEqual([false, false]);
  // A clock that was set back says nothing about the age.
  expect(await remembered(-1)).toEqual([false, false]);
});

it.each([
  ['cut off', (text: string) => text.slice(0, -5)],
  ['empty', () => ''],
  ['of another version', (text: string) => text.replace('"schemaVersion":1', '"schemaVersion":2')],
  ['without a time', (text: string) => text.replace('85', 'null')],
])('ignores a file that is %s', async (_, damage) => {
  await rememberComparison('a', { comparison: measured, atMs: NOW_MS });
  const [name = ''] = await readdir(folder);
  const file = join(folder, name);
  await writeFile(file, damage(await readFile(file, 'utf8')));
  expect(await recallComparison('a', NOW_MS)).toBeUndefined();
});
