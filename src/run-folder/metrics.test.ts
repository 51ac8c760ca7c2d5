import { execFileSync } from 'node:child_process';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import type { MetricsRecord } from '../shared/run-format';
import { StorageError } from '../storage/storage-error';
import { MetricsAppender } from './metrics-appender';
import { type MetricsLine, type MetricsReading, readMetrics } from './metrics-reader';
import { metricsRecordSchema } from './metrics-schema';
import { surveyRecords } from './records-survey';

it.skipIf(process.platform === 'win32')('refuses a pipe, which would block it', async () => {
  const path = join(await temporaryFolder(), 'metrics.jsonl');
  execFileSync('mkfifo', [path]);
  await expect(readMetrics(path).next()).rejects.toMatchObject({
    message: `${path} is not a regular file.`,
    remedy: 'Delete it, and restore the original from a backup if the run had one.',
  });
});

function stepRecord(step: number): MetricsRecord {
  return {
    schemaVersion: 1,
    type: 'step',
    step,
    images: 64 * step,
    seconds: step / 10,
    imagesPerSecond: 640,
    discriminatorLoss: 1.25,
    generatorLoss: 0.75,
    realScore: 0.5,
    fakeScore: 0.25,
    discriminatorGradientNorm: 3,
    generatorGradientNorm: 4,
  };
}

const OTHERS: readonly MetricsRecord[] = [
  {
    schemaVersion: 1,
    type: 'score',
    step: 3,
    name: 'fid',
    value: 12.5,
    protocol: 'p',
    details: { n: 10, f: 'x' },
  },
  {
    schemaVersion: 1,
    type: 'finding',
    step: 3,
    rule: 'r',
    severity: 'warning',
    message: 'm',
    evidence: { loss: 1 },
  },
  {
    schemaVersion: 1,
    type: 'event',
    step: 3,
    event: 'checkpoint',
    at: '2026-01-02T03:04:05.678Z',
    file: 'f',
    seconds: 9,
  },
];

async function read(path: string, reading?: MetricsReading): Promise<MetricsLine[]> {
  const lines: MetricsLine[] = [];
  for await (const line of readMetrics(path, reading)) lines.push(line);
  return lines;
}

async function written(records: readonly MetricsRecord[]): Promise<string> {
  const path = join(await temporaryFolder(), 'metrics.jsonl');
  const appender = await MetricsAppender.open(path);
  for (const record of records) await appender.append(record);
  await appender.flush();
  await appender.close();
  return path;
}

it('reads back every kind of record', async () => {
  const records = [{ ...stepRecord(1), extra: { r1Penalty: 0.5 } }, ...OTHERS];
  expect((await read(await written(records))).map(({ record }) => record)).toEqual(records);
});

it('appends to what is there', async () => {
  const path = await written([stepRecord(1)]);
  const appender = await MetricsAppender.open(path);
  await appender.append(stepRecord(2));
  await appender.close();
  expect((await read(path)).map(({ record }) => record.step)).toEqual([1, 2]);
});

describe('reading', () => {
  it('finds nothing in a file that does not exist yet', async () => {
    expect(await read(join(await temporaryFolder(), 'metrics.jsonl'))).toEqual([]);
  });

  it('ignores a torn last line, wherever it is torn', async () => {
    const path = await written([stepRecord(1), stepRecord(2)]);
    const whole = await readFile(path);
    const firstLineEnd = whole.indexOf('\n') + 1;
    for (const length of [firstLineEnd, firstLineEnd + 1, firstLineEnd + 40, whole.length - 1]) {
      await writeFile(path, whole.subarray(0, length));
      expect((await read(path)).map(({ record }) => record.step)).toEqual([1]);
    }
  });

  it('goes on where an earlier reading ended', async () => {
    const path = await written([stepRecord(1), stepRecord(2)]);
    const [first] = await read(path);
    await appendFile(path, `${JSON.stringify(stepRecord(3))}\n`);
    const later = await read(path, { fromByte: first?.endByte ?? 0 });
    expect(later.map(({ record }) => record.step)).toEqual([2, 3]);
    expect(later.at(-1)?.endByte).toBe((await readFile(path)).length);
  });

  it('copes with lines that cross the borders of what is read at a time', async () => {
    const path = await written([]);
    const records = Array.from({ length: 5000 }, (_, i) => stepRecord(i + 1));
    await writeFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    const lines = await read(path);
    expect(lines.map(({ record }) => record)).toEqual(records);
    const [middle] = lines.slice(2500);
    const rest = await read(path, { fromByte: middle?.endByte ?? 0 });
    expect(rest[0]?.record.step).toBe(2502);
  });

  it('tells of lines that are no records and goes on', async () => {
    const path = await written([stepRecord(1)]);
    await appendFile(path, `nonsense\n{"type":"step"}\n\0\0\0\n${JSON.stringify(stepRecord(2))}\n`);
    const problems: string[] = [];
    const lines = await read(path, { onProblem: (problem) => problems.push(problem) });
    expect(lines.map(({ record }) => record.step)).toEqual([1, 2]);
    expect(problems).toHaveLength(3);
    expect(problems[0]).toContain(`${path}, line that ends at byte `);
  });

  it('drops fields that it does not know', () => {
    expect(metricsRecordSchema.parse({ ...stepRecord(1), later: true })).toEqual(stepRecord(1));
  });
});

describe.runIf(process.platform === 'linux')('a full disk', () => {
  it('is told as such', async () => {
    const appender = await MetricsAppender.open('/dev/full');
    await expect(appender.append(stepRecord(1))).rejects.toThrow(StorageError);
    await expect(appender.flush()).rejects.toThrow(StorageError);
    await appender.close();
  });
});

describe('surveyRecords', () => {
  it('finds the end of the records up to a step and the seconds until then', async () => {
    const path = await written([stepRecord(1), stepRecord(2), ...OTHERS, stepRecord(4)]);
    const lines = await read(path);
    expect(await surveyRecords(path, 2)).toEqual({
      endByte: lines[1]?.endByte,
      seconds: 0.2,
      damagedLines: 0,
      interventions: 0,
    });
    expect(await surveyRecords(path, 3)).toEqual({
      endByte: lines[4]?.endByte,
      seconds: 9,
      damagedLines: 0,
      interventions: 0,
    });
    expect(await surveyRecords(path, -1)).toEqual({
      endByte: 0,
      seconds: 0,
      damagedLines: 0,
      interventions: 0,
    });
  });

  it('counts damaged lines between the records', async () => {
    const path = await written([stepRecord(1)]);
    await appendFile(path, `no record\n${JSON.stringify(stepRecord(2))}\n`);
    expect(await surveyRecords(path, 2)).toMatchObject({ seconds: 0.2, damagedLines: 1 });
  });

  it('ends before what is damaged at the end', async () => {
    const path = await written([stepRecord(1)]);
    const { length } = await readFile(path);
    await appendFile(path, '\0\0\0\n{"torn');
    expect(await surveyRecords(path, 9)).toEqual({
      endByte: length,
      seconds: 0.1,
      damagedLines: 0,
      interventions: 0,
    });
  });
});
