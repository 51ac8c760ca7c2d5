/** Streams `metrics.jsonl`, so that memory use does not grow with the number of records. */
import { createReadStream } from 'node:fs';
import * as z from 'zod';
import { localizable } from '../shared/localizable-text';
import type { MetricsRecord } from '../shared/run-format';
import { errorCode, storageError } from '../storage/storage-error';
import { requireFile } from './bounded-file';
import { metricsRecordSchema } from './metrics-schema';

export interface MetricsLine {
  readonly record: MetricsRecord;
  /** Byte position right after the line, from which a later read can continue. */
  readonly endByte: number;
}

export interface MetricsReading {
  /** Byte position to start at, the `endByte` of an earlier read; 0 by default. */
  readonly fromByte?: number;
  /** Called for each complete line that is not a valid record, with the position after it; the line is skipped. */
  readonly onProblem?: (problem: string, endByte: number) => void;
}

const NEWLINE = 0x0a;
/** No record is nearly this long: if a line exceeds it, the rest of the file is not records. */
const MAX_LINE_BYTES = 2 ** 20;

/**
 * The complete lines of each chunk, with the positions after them. Text after the last newline is not a line yet, and a
 * line longer than any record ends the read. Yields lines in parts, since one promise for each of a million lines would
 * take as long as reading them.
 */
async function* wholeLines(
  path: string,
  fromByte: number,
): AsyncGenerator<readonly { text: string; endByte: number }[]> {
  let rest: Buffer = Buffer.alloc(0);
  let position = fromByte;
  const stream: AsyncIterable<Buffer> = createReadStream(path, { start: fromByte, highWaterMark: 1 << 18 });
  for await (const chunk of stream) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: { text: string; endByte: number }[] = [];
    let begin = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, begin)) {
      lines.push({ text: bytes.toString('utf8', begin, end), endByte: position + end + 1 });
      begin = end + 1;
    }
    position += begin;
    rest = bytes.subarray(begin);
    yield lines;
    if (rest.length > MAX_LINE_BYTES) return;
  }
}

function parseLine(text: string): MetricsRecord | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const parsed = metricsRecordSchema.safeParse(value);
  return parsed.success ? parsed.data : z.prettifyError(parsed.error).replaceAll('\n', ' ');
}

/**
 * The records of a `metrics.jsonl`, in order and in parts of a few hundred; empty if the file does not exist yet. A
 * partial last line is skipped. Throws `StorageError` if the file cannot be read, `RunFolderError` if it is no file.
 */
export async function* readMetricsParts(
  path: string,
  reading: MetricsReading = {},
): AsyncGenerator<readonly MetricsLine[]> {
  try {
    await requireFile(path);
    for await (const lines of wholeLines(path, reading.fromByte ?? 0)) {
      const part: MetricsLine[] = [];
      for (const { text, endByte } of lines) {
        const record = parseLine(text);
        if (typeof record === 'string')
          reading.onProblem?.(`${path}, line that ends at byte ${endByte}: ${record}`, endByte);
        else part.push({ record, endByte });
      }
      yield part;
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw storageError(localizable('read {0}', path), error);
  }
}

/** Like `readMetricsParts`, but record by record. */
export async function* readMetrics(path: string, reading: MetricsReading = {}): AsyncGenerator<MetricsLine> {
  for await (const part of readMetricsParts(path, reading)) yield* part;
}
