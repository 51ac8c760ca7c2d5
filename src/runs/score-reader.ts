/**
 * Finds the scores and findings among the records of a run incrementally, without parsing the records in between: the
 * tree shows one score for each of a thousand runs.
 */
import { open } from 'node:fs/promises';
import { readEvaluations } from '../run-folder/evaluations';
import { metricsRecordSchema } from '../run-folder/metrics-schema';
import { pathInRun } from '../run-folder/path-in-run';
import { type Problem, problemOf, problemOfText } from '../shared/errors';
import { localizable } from '../shared/localizable-text';
import { standing } from '../shared/recoveries';
import {
  type FindingRecord,
  type MetricsRecord,
  type RecoveryRecord,
  RUN_FILES,
  type ScoreRecord,
} from '../shared/run-format';
import { type BestScore, bestScoreOf, bestScores, declineFrom } from '../shared/scores';
import { errorCode, storageError } from '../storage/storage-error';

/** Limit per read, since all other runs wait for it; the next read continues. */
const MAX_BYTES = 64 * 2 ** 20;
const PART_BYTES = 2 ** 20;
/** No record is this long. */
const MAX_LINE_BYTES = 2 * PART_BYTES;
/** The bytes before the last read position must be unchanged, or the records were truncated and rewritten. */
const MARK_BYTES = 128;
const NEWLINE = 0x0a;
/** As serialised by every writer of records: without spaces. */
const STEP = Buffer.from('"type":"step"');
const SCORE = Buffer.from('"type":"score"');
const FINDING = Buffer.from('"type":"finding"');
const RECOVERY = Buffer.from('"type":"recovery"');

const ENDLESS = problemOfText(
  localizable('{0} has megabytes without a line break; the rest is not read.', RUN_FILES.metrics),
);

export interface SeenExamples {
  readonly step: number;
  readonly images: number;
}

export interface ScoreLook {
  readonly best?: BestScore;
  /** The best of each score under each protocol. */
  readonly scores?: readonly BestScore[];
  /** The last score, if training ended clearly worse than its best. */
  readonly decline?: BestScore;
  /** Findings whose condition has not cleared, newest last. */
  readonly findings?: readonly FindingRecord[];
  /** Step of the last record: during training, ahead of the run record. */
  readonly step?: number;
  /** Examples that the discriminator had seen at the last step that was recorded. */
  readonly seen?: SeenExamples;
  /** A problem with the file, for the user. */
  readonly problem?: Problem;
}

export class ScoreReader {
  readonly #folder: string;
  readonly #scores: ScoreRecord[] = [];
  readonly #findings: FindingRecord[] = [];
  readonly #recoveries: RecoveryRecord[] = [];
  #lastStep: number | undefined;
  #seen: SeenExamples | undefined;
  #hasMore = false;
  #endByte = 0;
  #mark: Buffer = Buffer.alloc(0);

  constructor(runFolder: string) {
    this.#folder = runFolder;
  }

  /** Every score of training that has been read. */
  get scores(): readonly ScoreRecord[] {
    return this.#scores;
  }

  /** Every finding that has been read, also those whose condition has cleared. */
  get findings(): readonly FindingRecord[] {
    return this.#findings;
  }

  /** Whether the last read stopped at its limit. */
  get hasMore(): boolean {
    return this.#hasMore;
  }

  /**
   * Reads the complete lines present now, up to the limit per read. Throws `RunFolderError` if a link leads out of the
   * run folder.
   */
  async look(): Promise<ScoreLook> {
    const path = await pathInRun(this.#folder, RUN_FILES.metrics);
    try {
      const file = await open(path, 'r');
      try {
        const { size } = await file.stat();
        if (!(await this.#isContinued(file, size))) this.#forget();
        const end = Math.min(size, this.#endByte + MAX_BYTES);
        const isWhole = await this.#read(file, end);
        this.#hasMore = isWhole && end < size;
        const evaluated = await readEvaluations(this.#folder).catch(problemOf);
        const others = 'problem' in evaluated ? [] : evaluated;
        const best = bestScoreOf(this.#scores, others);
        const decline = best === undefined ? undefined : declineFrom(best, this.#scores);
        const findings = standing(this.#findings, this.#recoveries);
        return {
          ...(best === undefined ? {} : { best, scores: bestScores([...others, ...this.#scores]) }),
          ...(decline === undefined ? {} : { decline }),
          ...(findings.length === 0 ? {} : { findings }),
          ...(this.#lastStep === undefined ? {} : { step: this.#lastStep }),
          ...(this.#seen === undefined ? {} : { seen: this.#seen }),
          ...('problem' in evaluated ? { problem: evaluated } : {}),
          ...(isWhole ? {} : { problem: ENDLESS }),
        };
      } finally {
        await file.close();
      }
    } catch (error) {
      this.#forget();
      if (errorCode(error) === 'ENOENT') return {};
      return { problem: problemOf(storageError(localizable('read {0}', path), error)) };
    }
  }

  #forget(): void {
    this.#scores.length = 0;
    this.#findings.length = 0;
    this.#recoveries.length = 0;
    this.#lastStep = undefined;
    this.#seen = undefined;
    this.#hasMore = false;
    this.#endByte = 0;
    this.#mark = Buffer.alloc(0);
  }

  async #isContinued(file: FileReader, size: number): Promise<boolean> {
    if (size < this.#endByte) return false;
    const before = await readBytes(file, this.#endByte - this.#mark.length, this.#mark.length);
    return before.equals(this.#mark);
  }

  /** Returns false if a line exceeds the maximum length. */
  async #read(file: FileReader, until: number): Promise<boolean> {
    let rest: Buffer = Buffer.alloc(0);
    for (let position = this.#endByte; position < until; ) {
      const part = await readBytes(file, position, Math.min(PART_BYTES, until - position));
      if (part.length === 0) break;
      position += part.length;
      const bytes = Buffer.concat([rest, part]);
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      rest = bytes.subarray(end);
      if (rest.length > MAX_LINE_BYTES) return false;
      if (end === 0) continue;
      this.#take(bytes.subarray(0, end));
      this.#endByte = position - rest.length;
      this.#mark = Buffer.from(bytes.subarray(Math.max(0, end - MARK_BYTES), end));
    }
    return true;
  }

  /** `lines` are complete. */
  #take(lines: Buffer): void {
    for (const record of recordsWith(SCORE, lines)) if (record.type === 'score') this.#scores.push(record);
    for (const record of recordsWith(FINDING, lines))
      if (record.type === 'finding') this.#findings.push(record);
    for (const record of recordsWith(RECOVERY, lines))
      if (record.type === 'recovery') this.#recoveries.push(record);
    const lastLine = lines.toString('utf8', lines.lastIndexOf(NEWLINE, -2) + 1);
    this.#lastStep = parsed(lastLine)?.step ?? this.#lastStep;
    const lastStep = lines.lastIndexOf(STEP);
    const record = lastStep < 0 ? undefined : parsed(lineAt(lines, lastStep));
    if (record?.type === 'step') this.#seen = { step: record.step, images: record.images };
  }
}

function lineAt(lines: Buffer, position: number): string {
  return lines.toString('utf8', lines.lastIndexOf(NEWLINE, position) + 1, lines.indexOf(NEWLINE, position));
}

function* recordsWith(mark: Buffer, lines: Buffer): Generator<MetricsRecord> {
  for (let at = lines.indexOf(mark); at >= 0; ) {
    const record = parsed(lineAt(lines, at));
    if (record !== undefined) yield record;
    at = lines.indexOf(mark, lines.indexOf(NEWLINE, at));
  }
}

type FileReader = Awaited<ReturnType<typeof open>>;

async function readBytes(file: FileReader, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  return bytes.subarray(0, bytesRead);
}

/** Invalid records are skipped, as everywhere. */
function parsed(line: string): MetricsRecord | undefined {
  try {
    return metricsRecordSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
