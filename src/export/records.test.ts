import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { SAMPLED_STEPS, stepRecord, toldRun } from '../../test/support/told-run';
import { writeEvaluation } from '../run-folder/evaluations';
import type { ExportFormatName } from '../shared/export-formats';
import { RUN_FILES, RUN_SCHEMA_VERSION } from '../shared/run-format';
import { exportRun } from './export-run';
import { crc32c, maskedCrc32c } from './tensorboard/crc32c';

async function exported(format: ExportFormatName, name: string) {
  const folder = await temporaryFolder();
  const runFolder = await toldRun(folder);
  await writeEvaluation(runFolder, [
    { schemaVersion: RUN_SCHEMA_VERSION, type: 'score', step: 3, name: 'kid', value: 0.5, protocol: 'later' },
  ]);
  const path = join(folder, name);
  await exportRun({ runFolder, format, path, network: 'generator', isRaw: false, replaces: false });
  return path;
}

it('csv has a row for each record, with a column for each of their values', async () => {
  const rows: Record<string, string>[] = parse(await readFile(await exported('csv', 'a.csv')), {
    columns: true,
  });
  expect(rows.map(({ type, step }) => `${type} ${step}`)).toEqual([
    'step 1',
    'step 2',
    'score 2',
    'finding 2',
    'step 3',
    'score 3',
    'event 3',
    'score 3',
  ]);
  expect(rows[1]).toMatchObject({
    discriminatorLoss: '0.5',
    generatorLoss: '2',
    r1Penalty: '0.5',
    value: '',
  });
  expect(rows[2]).toMatchObject({ name: 'fid', value: '30.25', protocol: '9 samples, "random" features' });
  expect(rows[3]).toMatchObject({ message: 'Samples are <alike> & few.', 'evidence.diversity': '0.125' });
  expect(rows[7]).toMatchObject({ name: 'kid', protocol: 'later' });
});

it('mlflow has parameters, metrics with their steps, and artifacts', async () => {
  const store = await exported('mlflow', 'mlruns');
  const [experiment = '', ...others] = await readdir(store);
  expect(others).toEqual([]);
  const entries = await readdir(join(store, experiment));
  const run = join(store, experiment, entries.find((name) => name !== 'meta.yaml') ?? '');
  const text = (...parts: string[]) => readFile(join(run, ...parts), 'utf8');
  expect(await text('params', 'data.source')).toBe('points2d');
  const losses = (await text('metrics', 'training', 'generatorLoss')).trim().split('\n');
  expect(losses.map((line) => line.split(' ').slice(1).join(' '))).toEqual(['1 1', '2 2', '3 3']);
  expect(await text('tags', 'mlflow.source.git.commit')).toBe('0123456789abcdef');
  expect(await text('tags', 'gan-workbench.engine')).toBe('1, 1 thread');
  expect(await text('tags', 'gan-workbench.changes')).toBe('uncommitted');
  expect(await text('metrics', 'scores', 'kid')).toMatch(/^\d+ 0\.5 3\n$/);
  expect(await text('meta.yaml')).toContain(`artifact_uri: "${pathToFileURL(run).href}/artifacts"`);
  expect(await readdir(join(run, 'artifacts', 'samples'))).toHaveLength(SAMPLED_STEPS.length);
});

it('mlflow writes nothing outside of its folder, whatever a run from elsewhere calls its curves', async () => {
  const folder = await temporaryFolder();
  const runFolder = await toldRun(folder);
  const names = Object.fromEntries(['../'.repeat(5), './', '/'].map((way) => [`${way}escaped`, 1]));
  await appendFile(join(runFolder, RUN_FILES.metrics), `${JSON.stringify(stepRecord(4, names))}\n`);
  const path = join(folder, 'inner', 'mlruns');
  await mkdir(join(folder, 'inner'));
  await exportRun({ runFolder, format: 'mlflow', path, replaces: false });
  const written = await readdir(folder, { recursive: true });
  expect(written.filter((name) => name.endsWith('escaped'))).toEqual([]);
  expect(written.filter((name) => name.endsWith('generatorLoss'))).toHaveLength(1);
});

describe('tensorboard', () => {
  it('has the checksum of RFC 3720, and masks it', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(maskedCrc32c(new Uint8Array(0))).toBe(0xa282ead8);
  });

  it('has the scalars and pictures of the run, framed as records', async () => {
    const folder = await exported('tensorboard', 'events');
    const [name = '', ...others] = await readdir(folder);
    expect(others).toEqual([]);
    expect(name).toMatch(/tfevents/);
    const events = recordsIn(await readFile(join(folder, name))).map(eventIn);
    expect(events[0]).toMatchObject({ version: 'brain.Event:2' });
    const scalars = events.flatMap(({ step, values }) =>
      values.flatMap(({ tag, scalar }) => (scalar === undefined ? [] : [`${tag} ${step} ${scalar}`])),
    );
    expect(scalars).toContain('training/discriminatorLoss 2 0.5');
    expect(scalars).toContain('training/r1Penalty 2 0.5');
    expect(scalars.filter((text) => text.startsWith('scores/'))).toEqual([
      'scores/fid 2 30.25',
      'scores/fid 3 20.5',
      'scores/kid 3 0.5',
    ]);
    const pictures = events.filter(({ values }) => values[0]?.png !== undefined);
    expect(pictures.map(({ step }) => step)).toEqual(SAMPLED_STEPS);
    expect(pictures[0]?.values[0]?.png?.subarray(1, 4).toString()).toBe('PNG');
    expect(events.find(({ values }) => values[0]?.tag === 'config')?.values[0]?.text).toContain('"points2d"');
  });
});

/** Checks the framing, and returns the data of each record. */
function recordsIn(file: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    expect(file.readUInt32LE(at + 8)).toBe(maskedCrc32c(file.subarray(at, at + 8)));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(file.readUInt32LE(at + 12 + length)).toBe(maskedCrc32c(data));
    records.push(data);
    at += length + 16;
  }
  return records;
}

interface Value {
  readonly tag?: string;
  readonly scalar?: number;
  readonly png?: Buffer;
  readonly text?: string;
}

/** The fields of a message, by number. */
function fieldsIn(bytes: Uint8Array): ReadonlyMap<number, unknown> {
  const reader = new BinaryReader(bytes);
  const fields = new Map<number, unknown>();
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (wire === 0) fields.set(field, Number(reader.int64()));
    else if (wire === 1) fields.set(field, reader.double());
    else if (wire === 5) fields.set(field, reader.float());
    else fields.set(field, reader.bytes());
  }
  return fields;
}

const bytesOf = (value: unknown): Buffer =>
  value instanceof Uint8Array ? Buffer.from(value) : Buffer.alloc(0);
const textOf = (value: unknown): string => bytesOf(value).toString();

function eventIn(record: Buffer): { version?: string; step: number; values: Value[] } {
  const fields = fieldsIn(record);
  if (fields.has(3)) return { version: textOf(fields.get(3)), step: 0, values: [] };
  const reader = new BinaryReader(bytesOf(fields.get(5)));
  const values: Value[] = [];
  while (reader.pos < reader.len) {
    reader.tag();
    const value = fieldsIn(reader.bytes());
    const scalar = value.get(2);
    values.push({
      tag: textOf(value.get(1)),
      ...(typeof scalar === 'number' ? { scalar } : {}),
      ...(value.has(4) ? { png: bytesOf(fieldsIn(bytesOf(value.get(4))).get(4)) } : {}),
      ...(value.has(8) ? { text: textOf(fieldsIn(bytesOf(value.get(8))).get(8)) } : {}),
    });
  }
  return { step: Number(fields.get(2)), values };
}
