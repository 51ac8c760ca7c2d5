import { appendFile, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import type { CurveView } from '../../shared/dashboard-protocol';
import type { MetricsRecord } from '../../shared/run-format';
import { CurveStore } from './curve-store';
import { RunHistory } from './run-history';

const STEPS = 25_000;

function line(step: number, seed = 1): string {
  const value = (step * 7919 * seed) % 1009;
  const record: MetricsRecord = {
    schemaVersion: 1,
    type: 'step',
    step,
    images: 64 * step,
    seconds: step / 3 + seed,
    imagesPerSecond: 192,
    discriminatorLoss: value,
    generatorLoss: -value,
    realScore: 0.5,
    fakeScore: 0.25,
    discriminatorGradientNorm: 1,
    generatorGradientNorm: 2,
    // Starts late and has gaps.
    ...(step > 500 && step % 3 === 0 ? { extra: { r1Penalty: value / 2 } } : {}),
  };
  return `${JSON.stringify(record)}\n`;
}

function lines(from: number, to: number, seed?: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => line(from + index, seed)).join('');
}

const finding: MetricsRecord = {
  schemaVersion: 1,
  type: 'finding',
  step: 9,
  rule: 'stalled',
  severity: 'info',
  message: 'Nothing moves.',
  evidence: { change: 0 },
};
const score: MetricsRecord = {
  schemaVersion: 1,
  type: 'score',
  step: 10,
  name: 'FID',
  value: 12.5,
  protocol: 'random-features 10k',
};

async function longRun(): Promise<{ folder: string; metrics: string; storage: string }> {
  const base = await temporaryFolder();
  const [folder, storage] = [join(base, '00001-long'), join(base, 'storage')];
  await mkdir(folder);
  const metrics = join(folder, 'metrics.jsonl');
  await writeFile(metrics, `${lines(1, STEPS)}${JSON.stringify(finding)}\n${JSON.stringify(score)}\n`);
  return { folder, metrics, storage };
}

const VIEWS: readonly CurveView[] = [
  { xAxis: 'step', maxBuckets: 300 },
  { xAxis: 'seconds', from: 300, to: 900.5, maxBuckets: 100 },
  { xAxis: 'images', from: 64 * 24_990, maxBuckets: 100 },
];

async function shown(history: RunHistory): Promise<unknown> {
  await history.refresh();
  const { findings, scores } = history;
  return { slices: VIEWS.map((view) => history.curves(view)), findings, scores };
}

const always = (): boolean => true;

describe('the stored curves', () => {
  it('are those that are read from nothing', async () => {
    const { folder, storage } = await longRun();
    const store = new CurveStore(storage, always);
    const first = new RunHistory(folder, store);
    const fromNothing = await shown(first);
    await first.keep();
    expect(await readdir(storage)).toHaveLength(1);
    const parts: number[] = [];
    const second = new RunHistory(folder, store);
    const changes = await second.refresh(async () => void parts.push(1));
    expect(changes.curves).toBe(true);
    expect(await shown(second)).toEqual(fromNothing);
    expect(second.progress()).toEqual(first.progress());
    expect(first.findings).toEqual([finding]);
    expect(first.scores).toEqual([score]);
  });

  it('go on where the run has grown since', async () => {
    const { folder, metrics, storage } = await longRun();
    const store = new CurveStore(storage, always);
    const first = new RunHistory(folder, store);
    await first.refresh();
    await first.keep();
    await appendFile(metrics, lines(STEPS + 1, STEPS + 700));
    expect(await shown(new RunHistory(folder, store))).toEqual(await shown(new RunHistory(folder)));
  });

  it('are given up where the run has been cut, even where it has grown beyond since', async () => {
    const { folder, metrics, storage } = await longRun();
    const store = new CurveStore(storage, always);
    const first = new RunHistory(folder, store);
    await first.refresh();
    await first.keep();
    await truncate(metrics, lines(1, 21_000).length);
    const cut = new RunHistory(folder, store);
    expect(await shown(cut)).toEqual(await shown(new RunHistory(folder)));
    expect(cut.curves({ xAxis: 'step', maxBuckets: 10 }).recordCount).toBe(21_000);
    await appendFile(metrics, lines(21_001, STEPS + 900, 2));
    expect(await shown(new RunHistory(folder, store))).toEqual(await shown(new RunHistory(folder)));
  });

  it('are made anew from a file that is not whole, of another format or of another run', async () => {
    const { folder, storage } = await longRun();
    const store = new CurveStore(storage, always);
    const first = new RunHistory(folder, store);
    const fromNothing = await shown(first);
    await first.keep();
    const [name = ''] = await readdir(storage);
    const whole = await readFile(join(storage, name));
    const other = whole.toString('latin1').replace('"formatVersion":1', '"formatVersion":9');
    const moved = whole.toString('latin1').replace('00001-long', '00002-long');
    for (const bytes of [
      whole.subarray(0, whole.length - 1),
      whole.subarray(0, 5),
      Buffer.concat([whole, Buffer.alloc(1)]),
      Buffer.alloc(100, 255),
      Buffer.from(other, 'latin1'),
      Buffer.from(moved, 'latin1'),
    ]) {
      await writeFile(join(storage, name), bytes);
      expect(await store.load(folder)).toBeUndefined();
    }
    expect(await shown(new RunHistory(folder, store))).toEqual(fromNothing);
  });

  it('are not written where nothing may be written, nor for a short run', async () => {
    const { folder, metrics, storage } = await longRun();
    const forbidden = new RunHistory(folder, new CurveStore(storage, () => false));
    await forbidden.refresh();
    await forbidden.keep();
    await writeFile(metrics, lines(1, 1000));
    const short = new RunHistory(folder, new CurveStore(storage, always));
    await short.refresh();
    await short.keep();
    await expect(readdir(storage)).rejects.toThrow('ENOENT');
  });
});
