/**
 * Finds the scores among the records of a run without reading what it has read before, and without parsing the records
 * between them: of a thousand runs the tree shows a score each.
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { RUN_FILES, type ScoreRecord } from '../../shared/run-format';
import { type BestScore, bestScore } from '../../shared/scores';
import { metricsRecordSchema } from '../../training/run-folder/metrics-schema';
import { errorCode } from '../../training/storage/storage-error';

/** More than this is not read for a tree: a run of a million records then shows no score there. */
const MOST_BYTES = 64 * 2 ** 20;
const PART_BYTES = 2 ** 20;
/** No record is as long; what has no newline within it is not read further. */
const MOST_LINE_BYTES = 4 * PART_BYTES;
/** What stood before the place where reading stopped must still stand there, or the records were cut and written anew. */
const MARK_BYTES = 128;
const NEWLINE = 0x0a;
/** As every writer of records writes it: without spaces. */
const SCORE = Buffer.from('"type":"score"');

export class ScoreReader {
  readonly #file: string;
  readonly #scores: ScoreRecord[] = [];
  #endByte = 0;
  #mark: Buffer = Buffer.alloc(0);

  constructor(runFolder: string) {
    this.#file = join(runFolder, RUN_FILES.metrics);
  }

  /** Of the whole lines that are there now; undefined where none is a score, or where there is too much to read. */
  async best(): Promise<BestScore | undefined> {
    try {
      const file = await open(this.#file, 'r');
      try {
        const { size } = await file.stat();
        if (!(await this.#isContinued(file, size))) this.#forget();
        if (size - this.#endByte > MOST_BYTES) return undefined;
        await this.#read(file, size);
      } finally {
        await file.close();
      }
    } catch (error) {
      // A folder in the place of the file, or no file yet, holds no scores; the run itself tells what is wrong with it.
      if (!['ENOENT', 'EISDIR', 'EACCES'].includes(errorCode(error) ?? '')) throw error;
      this.#forget();
    }
    return bestScore(this.#scores);
  }

  #forget(): void {
    this.#scores.length = 0;
    this.#endByte = 0;
    this.#mark = Buffer.alloc(0);
  }

  async #isContinued(file: FileReader, size: number): Promise<boolean> {
    if (size < this.#endByte) return false;
    const before = await readBytes(file, this.#endByte - this.#mark.length, this.#mark.length);
    return before.equals(this.#mark);
  }

  async #read(file: FileReader, size: number): Promise<void> {
    let rest: Buffer = Buffer.alloc(0);
    for (let position = this.#endByte; position < size; ) {
      const part = await readBytes(file, position, Math.min(PART_BYTES, size - position));
      if (part.length === 0) return;
      position += part.length;
      const bytes = Buffer.concat([rest, part]);
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      rest = bytes.subarray(end);
      if (rest.length > MOST_LINE_BYTES) return;
      if (end === 0) continue;
      this.#takeScores(bytes.subarray(0, end));
      this.#endByte = position - rest.length;
      this.#mark = Buffer.from(bytes.subarray(Math.max(0, end - MARK_BYTES), end));
    }
  }

  /** `lines` are whole ones. */
  #takeScores(lines: Buffer): void {
    for (let at = lines.indexOf(SCORE); at >= 0; ) {
      const begin = lines.lastIndexOf(NEWLINE, at) + 1;
      const end = lines.indexOf(NEWLINE, at);
      const record = parsed(lines.toString('utf8', begin, end));
      if (record !== undefined) this.#scores.push(record);
      at = lines.indexOf(SCORE, end);
    }
  }
}

type FileReader = Awaited<ReturnType<typeof open>>;

async function readBytes(file: FileReader, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  return bytes.subarray(0, bytesRead);
}

/** A line that is no record is left out here as it is everywhere. */
function parsed(line: string): ScoreRecord | undefined {
  try {
    const record = metricsRecordSchema.safeParse(JSON.parse(line)).data;
    return record?.type === 'score' ? record : undefined;
  } catch {
    return undefined;
  }
}
