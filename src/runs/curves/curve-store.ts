/**
 * A binary cache of long `metrics.jsonl` files, so that the dashboard of a run of a million steps opens instantly. It
 * is in the extension's own storage rather than in the run folder: it can be rebuilt at any time and so is not part of
 * the run; run folders may be read-only or on another machine; and it should not be visible to others who share the
 * workspace.
 *
 * A file consists of the length of a JSON header in 8 bytes, the header, and the arrays that it lists, in order.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { metricsRecordSchema } from '../../run-folder/metrics-schema';
import type { FindingRecord, RecoveryRecord, ScoreRecord, StepRecord } from '../../shared/run-format';
import { createFolder, writeFileDurably } from '../../storage/durable-file';
import { errorCode } from '../../storage/storage-error';
import type { ColumnValues } from './curve-columns';

/** The parsed contents of a `metrics.jsonl` up to a position. */
export interface ReadMetrics {
  /** Byte position after the last line read. */
  readonly endByte: number;
  /** The bytes before that position: if they differ, it is a different file. */
  readonly fingerprint: Buffer;
  readonly lastStep: StepRecord | undefined;
  readonly findings: readonly FindingRecord[];
  readonly recoveries: readonly RecoveryRecord[];
  readonly scores: readonly ScoreRecord[];
  readonly values: ColumnValues;
}

const FORMAT_VERSION = 1;
const LENGTH_BYTES = 8;
const MAX_HEADER_BYTES = 1 << 26;
/** Size limit of the cache; the least recently used files are evicted first. */
const MAX_STORED_BYTES = 1 << 30;
const EXTENSION = '.curves';
const AXES = ['step', 'images', 'seconds'] as const;

const headerSchema = z.object({
  formatVersion: z.literal(FORMAT_VERSION),
  runFolder: z.string(),
  endByte: z.int().min(0),
  fingerprint: z.base64(),
  recordCount: z.int().min(0),
  curves: z.array(z.string()),
  /** The last step record, and all findings, recoveries and scores. */
  records: z.array(metricsRecordSchema),
});

function bytesOf(values: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

async function readWhole(file: FileHandle, into: Uint8Array, position: number): Promise<boolean> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
}

export class CurveStore {
  readonly #folder: string;
  readonly #mayWrite: () => boolean;

  /** `folder` is created on the first write. `mayWrite` is called before each write. */
  constructor(folder: string, mayWrite: () => boolean) {
    this.#folder = folder;
    this.#mayWrite = mayWrite;
  }

  /** Undefined if there is no entry for this run, or it cannot be read and must be rebuilt. */
  async load(runFolder: string): Promise<ReadMetrics | undefined> {
    let file: FileHandle;
    try {
      file = await open(this.#pathOf(runFolder), 'r');
    } catch {
      return undefined;
    }
    try {
      return await this.#read(file, runFolder);
    } finally {
      await file.close();
    }
  }

  /** Throws `StorageError`. Does nothing if writing is not allowed. */
  async save(runFolder: string, read: ReadMetrics): Promise<void> {
    if (!this.#mayWrite()) return;
    const { lastStep, findings, recoveries, scores, values, fingerprint, endByte } = read;
    const header: z.input<typeof headerSchema> = {
      formatVersion: FORMAT_VERSION,
      runFolder,
      endByte,
      fingerprint: fingerprint.toString('base64'),
      recordCount: values.step.length,
      curves: [...values.curves.keys()],
      records: [...(lastStep === undefined ? [] : [lastStep]), ...findings, ...recoveries, ...scores],
    };
    const text = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeBigUInt64LE(BigInt(text.length));
    const arrays = [...AXES.map((axis) => values[axis]), ...values.curves.values()];
    await createFolder(this.#folder);
    await writeFileDurably(this.#pathOf(runFolder), length, text, ...arrays.map(bytesOf));
    await this.#makeRoom();
  }

  #pathOf(runFolder: string): string {
    const name = createHash('sha256').update(runFolder).digest('hex').slice(0, 32);
    return join(this.#folder, name + EXTENSION);
  }

  async #read(file: FileHandle, runFolder: string): Promise<ReadMetrics | undefined> {
    const length = Buffer.alloc(LENGTH_BYTES);
    if (!(await readWhole(file, length, 0))) return undefined;
    const headerBytes = Number(length.readBigUInt64LE());
    if (headerBytes > MAX_HEADER_BYTES) return undefined;
    const text = Buffer.alloc(headerBytes);
    if (!(await readWhole(file, text, LENGTH_BYTES))) return undefined;
    const header = headerOf(text.toString());
    if (header === undefined || header.runFolder !== runFolder) return undefined;
    const { recordCount, curves, records, endByte, fingerprint } = header;
    const recordBytes =
      AXES.length * Float64Array.BYTES_PER_ELEMENT + curves.length * Float32Array.BYTES_PER_ELEMENT;
    const expectedBytes = LENGTH_BYTES + headerBytes + recordCount * recordBytes;
    if ((await file.stat()).size !== expectedBytes) return undefined;
    const positions = AXES.map(() => new Float64Array(recordCount));
    const columns = curves.map((name) => [name, new Float32Array(recordCount)] as const);
    let offset = LENGTH_BYTES + headerBytes;
    for (const array of [...positions, ...columns.map(([, column]) => column)]) {
      if (!(await readWhole(file, bytesOf(array), offset))) return undefined;
      offset += array.byteLength;
    }
    const [step, images, seconds] = positions;
    if (step === undefined || images === undefined || seconds === undefined) return undefined;
    await file.utimes(new Date(), new Date()).catch(() => undefined);
    return {
      endByte,
      fingerprint: Buffer.from(fingerprint, 'base64'),
      lastStep: records.find((record) => record.type === 'step'),
      findings: records.filter((record) => record.type === 'finding'),
      recoveries: records.filter((record) => record.type === 'recovery'),
      scores: records.filter((record) => record.type === 'score'),
      values: { step, images, seconds, curves: new Map(columns) },
    };
  }

  async #makeRoom(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(EXTENSION));
    const files: { path: string; size: number; usedMs: number }[] = [];
    for (const name of names) {
      const path = join(this.#folder, name);
      try {
        const { size, mtimeMs } = await stat(path);
        files.push({ path, size, usedMs: mtimeMs });
      } catch (error) {
        // Another window evicted it concurrently.
        if (errorCode(error) !== 'ENOENT') throw error;
      }
    }
    files.sort((a, b) => b.usedMs - a.usedMs);
    let total = 0;
    for (const { path, size } of files) {
      total += size;
      if (total > MAX_STORED_BYTES) await rm(path, { force: true });
    }
  }
}

function headerOf(text: string): z.output<typeof headerSchema> | undefined {
  try {
    return headerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
