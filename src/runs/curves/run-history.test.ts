import { appendFile, mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { RING_RECORD } from '../../../test/support/run-records';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { gridPng } from '../../pictures/grid';
import { RunFolderError } from '../../run-folder/errors';
import { writeEvaluation } from '../../run-folder/evaluations';
import { float32 } from '../../shared/host-tensor';
import type { MetricsRecord, RunRecord } from '../../shared/run-format';
import { encodeSafetensors } from '../../storage/safetensors';
import { pointTensors } from '../../training/samples';
import { CurveColumns } from './curve-columns';
import { type RunChanges, RunHistory } from './run-history';

const WHOLE_RUN = { xAxis: 'step', maxBuckets: 100 } as const;

function stepLine(step: number, discriminatorLoss = step): string {
  const record: MetricsRecord = {
    schemaVersion: 1,
    type: 'step',
    step,
    images: 8 * step,
    seconds: step / 2,
    imagesPerSecond: 16,
    discriminatorLoss,
    generatorLoss: 1,
    realScore: 0.5,
    fakeScore: 0.5,
    discriminatorGradientNorm: 1,
    generatorGradientNorm: 1,
  };
  return `${JSON.stringify(record)}\n`;
}

const record: RunRecord = {
  ...RING_RECORD,
  id: '00001-toy',
  experiment: 'toy',
  experimentFile: '/toy.gan.json',
  status: 'completed',
  step: 10,
  totalSteps: 10,
  trainingSeconds: 5,
};

async function runFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'run.json'), JSON.stringify(record));
  await mkdir(join(folder, 'samples'));
  return folder;
}

const UNCHANGED: RunChanges = {
  curves: false,
  findings: false,
  scores: false,
  samples: false,
  interventions: false,
};

describe('RunHistory', () => {
  it('reads what has been added since the last look, and a line only when it is whole', async () => {
    const folder = await runFolder();
    const metrics = join(folder, 'metrics.jsonl');
    const history = new RunHistory(folder);
    expect(await history.refresh()).toEqual(UNCHANGED);
    expect(history.progress()).toBeUndefined();
    const torn = stepLine(3);
    await writeFile(metrics, stepLine(1) + stepLine(2) + torn.slice(0, 40));
    expect(await history.refresh()).toEqual({ ...UNCHANGED, curves: true });
    expect([...history.curves(WHOLE_RUN).x]).toEqual([1, 2]);
    expect(await history.refresh()).toEqual(UNCHANGED);
    await appendFile(metrics, torn.slice(40));
    await history.refresh();
    expect([...history.curves(WHOLE_RUN).x]).toEqual([1, 2, 3]);
    expect(history.progress()).toMatchObject({ step: 3, images: 24, remainingSeconds: 3.5 });
  });

  it('has the average speed of the run beside that of its newest record', async () => {
    const folder = await runFolder();
    const history = new RunHistory(folder);
    const fast = JSON.stringify({ ...JSON.parse(stepLine(2)), images: 16, seconds: 4, imagesPerSecond: 900 });
    await writeFile(join(folder, 'metrics.jsonl'), `${stepLine(1)}${fast}\n`);
    await history.refresh();
    expect(history.progress()).toMatchObject({ imagesPerSecond: 900, averageImagesPerSecond: 4 });
  });

  it('has the scores that were computed beside training with those of training', async () => {
    const folder = await runFolder();
    const history = new RunHistory(folder);
    await history.refresh();
    const score = {
      schemaVersion: 1,
      type: 'score',
      step: 10,
      name: 'fid',
      value: 4,
      protocol: 'p',
    } as const;
    await writeFile(join(folder, 'metrics.jsonl'), `${JSON.stringify({ ...score, value: 6 })}\n`);
    await writeEvaluation(folder, [score]);
    expect(await history.refresh()).toMatchObject({ scores: true });
    expect(history.scores.map(({ value }) => value)).toEqual([6, 4]);
    expect(await history.refresh()).toMatchObject({ scores: false });
    await writeFile(join(folder, 'control', 'scores', 'damaged.json'), '{');
    await history.refresh();
    expect(history.evaluationsProblem?.problem).toContain('damaged.json');
    expect(history.scores).toHaveLength(2);
  });

  it('has summed up what it has read before it is asked for curves', async () => {
    const folder = await runFolder();
    await writeFile(join(folder, 'metrics.jsonl'), stepLine(1));
    const sumUp = vi.spyOn(CurveColumns.prototype, 'sumUp');
    await new RunHistory(folder).refresh();
    expect(sumUp).toHaveBeenCalledOnce();
    sumUp.mockRestore();
  });

  it('has something to show while a long run is still being read', async () => {
    const folder = await runFolder();
    const line = stepLine(1);
    await writeFile(join(folder, 'metrics.jsonl'), line.repeat(120_000));
    const history = new RunHistory(folder);
    const counts: number[] = [];
    await history.refresh(async () => {
      counts.push(history.curves(WHOLE_RUN).recordCount);
    });
    expect(counts).toEqual([50_000, 100_000]);
    expect(history.curves(WHOLE_RUN).recordCount).toBe(120_000);
  });

  it('forgets what a resumed run has discarded, even where as much was written again', async () => {
    const folder = await runFolder();
    const metrics = join(folder, 'metrics.jsonl');
    const history = new RunHistory(folder);
    await writeFile(metrics, stepLine(1) + stepLine(2) + stepLine(3));
    await history.refresh();
    await truncate(metrics, stepLine(1).length);
    await appendFile(metrics, stepLine(2, 7) + stepLine(3, 8) + stepLine(4, 9));
    expect((await history.refresh()).curves).toBe(true);
    expect([...(history.curves(WHOLE_RUN).curves[0]?.mean ?? [])]).toEqual([1, 7, 8, 9]);
    await truncate(metrics, 0);
    expect((await history.refresh()).curves).toBe(true);
    expect(history.curves(WHOLE_RUN).recordCount).toBe(0);
  });

  it('collects findings', async () => {
    const folder = await runFolder();
    const finding = {
      schemaVersion: 1,
      type: 'finding',
      step: 5,
      rule: 'discriminator-overpowering',
      severity: 'warning',
      message: 'The discriminator is always right.',
      evidence: { realScore: 1 },
    };
    await writeFile(join(folder, 'metrics.jsonl'), `${JSON.stringify(finding)}\n`);
    const history = new RunHistory(folder);
    await history.refresh();
    expect(history.findings).toEqual([finding]);
  });

  it('says at which step a finding cleared, and not of another finding of the same rule', async () => {
    const folder = await runFolder();
    const found = (step: number): MetricsRecord => ({
      schemaVersion: 1,
      type: 'finding',
      step,
      rule: 'mode-collapse',
      severity: 'warning',
      message: 'The samples are alike.',
      evidence: {},
    });
    const cleared: MetricsRecord = {
      schemaVersion: 1,
      type: 'recovery',
      step: 7,
      rule: 'mode-collapse',
      title: 'Mode collapse',
      foundAt: 5,
    };
    const lines = [found(5), cleared, found(9)].map((record) => `${JSON.stringify(record)}\n`);
    await writeFile(join(folder, 'metrics.jsonl'), lines.join(''));
    const history = new RunHistory(folder);
    await history.refresh();
    expect(history.shownFindings(2)).toEqual([{ ...found(5), recoveredAt: 7 }, found(9)]);
  });

  it('gives points where there are points, the picture where there is one, and says what is missing', async () => {
    const folder = await runFolder();
    const real = float32([1, 2], Float32Array.of(1, 2));
    const fake = float32([1, 2], Float32Array.of(3, 4));
    const heat = float32([2, 2], Float32Array.of(0, 0.25, 0.5, 1));
    const descent = float32([1, 2], Float32Array.of(-1, 0.5));
    const manifold = float32([1, 2, 2], Float32Array.of(3, 4, 5, 6));
    const plane = { real, fake, heat, extent: 5, descent, manifold, latentSize: 2 };
    const tensors = pointTensors({ kind: 'points', ...plane });
    const samples = join(folder, 'samples');
    await writeFile(
      join(samples, 'step-00000010.safetensors'),
      Buffer.concat(encodeSafetensors(tensors, {})),
    );
    await writeFile(join(samples, 'step-00000010.png'), 'picture of points');
    const picture = await gridPng(float32([1, 2, 2, 1], Float32Array.of(-1, 0, 0, 1)));
    await writeFile(join(samples, 'step-00000020.png'), picture);
    await writeFile(join(samples, 'step-00000050.png'), 'no picture');
    await writeFile(join(samples, 'step-00000030.safetensors'), 'not whole');
    const history = new RunHistory(folder);
    expect((await history.refresh()).samples).toBe(true);
    expect(history.samples).toEqual([10, 20, 50]);
    expect(await history.sample(10)).toEqual({
      kind: 'points',
      real: real.data,
      fake: fake.data,
      heat: heat.data,
      heatColumns: 2,
      extent: 5,
      descent: descent.data,
      manifold: { vertices: manifold.data, columns: 2, latentSize: 2 },
    });
    expect(await history.sample(20)).toEqual({
      kind: 'image',
      png: new Uint8Array(picture),
      grid: expect.objectContaining({ image: { width: 2, height: 2 }, columns: 1, count: 1 }),
    });
    expect(await history.sample(50)).toMatchObject({
      kind: 'unreadable',
      problem: expect.stringContaining('is not a PNG image'),
    });
    expect(await history.sample(30)).toMatchObject({
      kind: 'unreadable',
      problem: expect.stringContaining('step-00000030'),
    });
    await truncate(join(samples, 'step-00000050.png'), 2 ** 26 + 1);
    expect(await history.sample(50)).toMatchObject({
      kind: 'unreadable',
      problem: expect.stringContaining('has 67108865 bytes'),
    });
    expect(await history.sample(40)).toMatchObject({
      kind: 'unreadable',
      problem: expect.stringContaining('ENOENT'),
    });
  });

  it('does not read records outside of the run', async () => {
    const folder = await runFolder();
    const outside = join(await temporaryFolder(), 'metrics.jsonl');
    await writeFile(outside, stepLine(1));
    await symlink(outside, join(folder, 'metrics.jsonl'));
    const history = new RunHistory(folder);
    await expect(history.refresh()).rejects.toThrow(RunFolderError);
    expect(history.run).toMatchObject({ status: 'completed' });
    expect(history.progress()).toBeUndefined();
  });

  it('tells a folder that is gone from a run', async () => {
    const history = new RunHistory(join(await temporaryFolder(), 'gone'));
    await history.refresh();
    expect(history.run).toMatchObject({ problem: expect.stringContaining('was deleted or moved') });
  });
});
