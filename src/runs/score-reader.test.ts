import { appendFile, mkdir, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { writeEvaluation } from '../run-folder/evaluations';
import { RUN_FILES } from '../shared/run-format';
import { ScoreReader } from './score-reader';

const STEP = {
  schemaVersion: 1,
  type: 'step',
  seconds: 1,
  imagesPerSecond: 1,
  discriminatorLoss: 1,
  generatorLoss: 1,
  realScore: 1,
  fakeScore: 1,
  discriminatorGradientNorm: 1,
  generatorGradientNorm: 1,
} as const;

function line(step: number, value: number): string {
  const record = { schemaVersion: 1, type: 'score', step, name: 'fid', value, protocol: 'p' };
  return `${JSON.stringify(record)}\n`;
}

async function metrics(): Promise<{ readonly file: string; readonly reader: ScoreReader }> {
  const folder = await temporaryFolder();
  return { file: join(folder, RUN_FILES.metrics), reader: new ScoreReader(folder) };
}

describe('reading the scores of a run', () => {
  it('goes on where it stopped, and takes whole lines only', async () => {
    const { file, reader } = await metrics();
    expect(await reader.look()).toEqual({});
    await writeFile(file, `{"type":"step"}\n${line(10, 50)}${line(20, 40).slice(0, -5)}`);
    expect((await reader.look()).best).toMatchObject({ step: 10, value: 50 });
    await appendFile(file, line(20, 40).slice(-5) + line(30, 45));
    expect((await reader.look()).best).toMatchObject({ step: 20, value: 40 });
    // Lines are not read twice: an in-place change to an earlier line goes unnoticed.
    const text = `{"type":"step"}\n${line(10, 10)}${line(20, 40)}${line(30, 45)}`;
    await writeFile(file, text);
    expect((await reader.look()).best).toMatchObject({ step: 20, value: 40 });
  });

  it('forgets what was cut off, also where as much was written since', async () => {
    const { file, reader } = await metrics();
    await writeFile(file, line(10, 50) + line(20, 40));
    expect((await reader.look()).best).toMatchObject({ step: 20 });
    await truncate(file, line(10, 50).length);
    expect((await reader.look()).best).toMatchObject({ step: 10 });
    await appendFile(file, line(20, 40));
    expect((await reader.look()).best).toMatchObject({ step: 20 });
    await truncate(file, line(10, 50).length);
    await appendFile(file, line(20, 60) + line(30, 55));
    expect((await reader.look()).best).toMatchObject({ step: 10 });
  });

  it('leaves out what is no record, and stops where no records are or no file is', async () => {
    const { file, reader } = await metrics();
    await writeFile(file, `{"type":"score"\n{"type":"score","value":"low"}\n${line(7, 3)}`);
    expect((await reader.look()).best).toMatchObject({ step: 7 });
    await truncate(file, 2 * 2 ** 30);
    expect(await reader.look()).toMatchObject({
      best: { step: 7 },
      problem: { problem: expect.stringContaining('the rest is not read') },
    });
    expect(reader.hasMore).toBe(false);
    const other = await metrics();
    await mkdir(other.file);
    expect(await other.reader.look()).toMatchObject({
      problem: { problem: expect.stringContaining('a folder, not a file') },
    });
  });

  it('reads a long file in several looks, and leaves out nothing', async () => {
    const { file, reader } = await metrics();
    const filler = Buffer.from(`${'x'.repeat(2 ** 20 - 1)}\n`);
    await writeFile(file, line(10, 50));
    for (let part = 0; part < 70; part++) await appendFile(file, filler);
    await appendFile(file, line(20, 40));
    const score = { schemaVersion: 1, type: 'score', step: 7, name: 'kid', value: 3, protocol: 'p' } as const;
    await writeEvaluation(dirname(file), [score]);
    const first = await reader.look();
    expect(first).toMatchObject({ best: { step: 10 }, step: 10 });
    expect(first.scores).toContainEqual(expect.objectContaining({ step: 7, value: 3 }));
    expect(reader.hasMore).toBe(true);
    expect(await reader.look()).toMatchObject({ best: { step: 20 }, step: 20 });
    expect(reader.hasMore).toBe(false);
  });

  it('tells how many examples the last recorded step had seen', async () => {
    const { file, reader } = await metrics();
    const step = (number: number) => JSON.stringify({ ...STEP, step: number, images: 64 * number });
    await writeFile(file, `${step(1)}\n${step(2)}\n${line(2, 9)}${step(3).slice(0, -9)}`);
    expect((await reader.look()).seen).toEqual({ step: 2, images: 128 });
    await appendFile(file, `${step(3).slice(-9)}\n`);
    expect((await reader.look()).seen).toEqual({ step: 3, images: 192 });
    await writeFile(file, line(2, 9));
    expect(await reader.look()).not.toHaveProperty('seen');
  });

  it('tells the step of the last whole record', async () => {
    const { file, reader } = await metrics();
    const event = (step: number) =>
      `${JSON.stringify({ schemaVersion: 1, type: 'event', step, event: 'sample', at: '2026-01-01T00:00:00Z' })}\n`;
    await writeFile(file, `${line(10, 50)}${event(12)}${event(13).slice(0, -9)}`);
    expect((await reader.look()).step).toBe(12);
    await appendFile(file, event(13).slice(-9));
    expect((await reader.look()).step).toBe(13);
  });

  it('goes by scores computed beside training where training has none', async () => {
    const { file, reader } = await metrics();
    const score = { schemaVersion: 1, type: 'score', step: 7, name: 'fid', value: 3, protocol: 'p' } as const;
    await writeFile(file, '{"type":"step"}\n');
    await writeEvaluation(dirname(file), [score]);
    expect((await reader.look()).best).toMatchObject({ step: 7, value: 3 });
    await appendFile(file, line(10, 50));
    expect((await reader.look()).best).toMatchObject({ step: 10, value: 50 });
  });

  it('gives up where no line ends', async () => {
    const { file, reader } = await metrics();
    await writeFile(file, line(1, 9));
    await truncate(file, 20 * 2 ** 20);
    expect(await reader.look()).toMatchObject({
      best: { step: 1 },
      problem: { problem: expect.stringContaining('without a line break') },
    });
  });
});
