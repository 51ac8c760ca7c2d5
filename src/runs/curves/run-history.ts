/**
 * All that the dashboard shows of one run, read from its folder: what is new since the last look is read and
 * nothing else. Knows nothing of VS Code.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gridIn } from '../../pictures/grid-description';
import { readBounded } from '../../run-folder/bounded-file';
import { readEvaluations } from '../../run-folder/evaluations';
import { readJson } from '../../run-folder/json-file';
import { type ListedRun, readRun } from '../../run-folder/list-runs';
import { LockObserver } from '../../run-folder/lock-file';
import { readMetricsParts } from '../../run-folder/metrics-reader';
import { pathInRun } from '../../run-folder/path-in-run';
import { sampleSteps } from '../../run-folder/sample-files';
import type {
  CurveSlice,
  CurveView,
  Placed,
  RunProgress,
  SampleContent,
  ShownFinding,
} from '../../shared/dashboard-protocol';
import { type Problem, problemOf, problemOfText } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { recoveredAt } from '../../shared/recoveries';
import {
  type FindingRecord,
  type RecoveryRecord,
  RUN_FILES,
  type ScoreRecord,
  type StepRecord,
  stepFileName,
} from '../../shared/run-format';
import { averageThroughput, remainingSeconds } from '../../shared/throughput';
import { decodeSafetensors } from '../../storage/safetensors';
import { errorCode } from '../../storage/storage-error';
import { CurveColumns } from './curve-columns';
import type { CurveStore, ReadMetrics } from './curve-store';

/** What a look at the folder found to be new. */
export interface RunChanges {
  readonly curves: boolean;
  readonly samples: boolean;
  /** Scores that were computed beside training. */
  readonly evaluations: boolean;
}

/** So many bytes, more than a line, before the place where reading stopped must still be there, or all is read anew. */
const FINGERPRINT_BYTES = 1024;
/** So many records are read in about a quarter of a second. */
const RECORDS_PER_PART = 50_000;
/** Fewer are read as fast from the run itself. */
const FEWEST_STORED_RECORDS = 20_000;
/** What is stored is written again when the run has grown by this part: what is missing is read in a moment. */
const STORED_GROWTH = 0.1;
/** A grid has a few megabytes at most, and all of it goes through the memory of the host and of the webview. */
const MAX_SAMPLE_BYTES = 64 * 2 ** 20;

export class RunHistory {
  readonly folder: string;
  run: ListedRun | undefined;
  samples: readonly number[] = [];
  findings: FindingRecord[] = [];
  recoveries: RecoveryRecord[] = [];
  /** Why the scores computed beside training could not be read. */
  evaluationsProblem: Problem | undefined;
  /** Of training. */
  #scores: ScoreRecord[] = [];
  /** Computed beside it. */
  #evaluated: readonly ScoreRecord[] = [];
  readonly #observer = new LockObserver();
  #columns = new CurveColumns();
  #lastStep: StepRecord | undefined;
  #endByte = 0;
  #fingerprint: Buffer = Buffer.alloc(0);
  /** Where what was read is kept for the next time; asked once, before the first reading. */
  readonly #store: CurveStore | undefined;
  #isLoaded = false;
  #storedRecords = 0;

  /** `folder` is that of a run, or was once. */
  constructor(folder: string, store?: CurveStore) {
    this.folder = folder;
    this.#store = store;
  }

  /**
   * Reads what is new. `onPart` is called now and then while a long run is read, when there is more to show. Throws
   * `StorageError` where a file that is there cannot be read, `RunFolderError` where one leads out of the run.
   */
  async refresh(onPart: () => Promise<void> = async () => undefined): Promise<RunChanges> {
    this.run = await readRun(this.folder, this.#observer);
    const curves = await this.#refreshMetrics(onPart);
    // When a dashboard opens there is time for it while its page loads, and none once the page asks.
    this.#columns.sumUp();
    const samples = await sampleSteps(this.folder);
    const samplesChanged = samples.join() !== this.samples.join();
    this.samples = samples;
    return { curves, samples: samplesChanged, evaluations: await this.#refreshEvaluations() };
  }

  /** Those that cannot be read must not hide the run. */
  async #refreshEvaluations(): Promise<boolean> {
    const before = this.#evaluated;
    try {
      this.#evaluated = await readEvaluations(this.folder);
      this.evaluationsProblem = undefined;
    } catch (error) {
      this.evaluationsProblem = problemOf(error);
    }
    return !isDeepStrictEqual(before, this.#evaluated);
  }

  get scores(): readonly ScoreRecord[] {
    return [...this.#scores, ...this.#evaluated];
  }

  /** Keeps what was read for the next time, where that saves time. Throws `StorageError`. */
  async keep(): Promise<void> {
    const { recordCount } = this.#columns;
    if (recordCount < FEWEST_STORED_RECORDS || recordCount <= this.#storedRecords * (1 + STORED_GROWTH))
      return;
    this.#storedRecords = recordCount;
    await this.#store?.save(this.folder, {
      endByte: this.#endByte,
      fingerprint: this.#fingerprint,
      lastStep: this.#lastStep,
      findings: this.findings,
      recoveries: this.recoveries,
      scores: this.#scores,
      values: this.#columns.values(),
    });
  }

  /** The newest findings, at most `most`, with what has become of them. */
  shownFindings(most: number): readonly ShownFinding[] {
    return this.findings.slice(-most).map((finding) => {
      const step = recoveredAt(finding, this.recoveries);
      return step === undefined ? finding : { ...finding, recoveredAt: step };
    });
  }

  curves(view: CurveView): CurveSlice {
    return this.#columns.slice(view);
  }

  /** The records with their places on the x axes. */
  placed<MetricsRecord extends { readonly step: number }>(
    records: readonly MetricsRecord[],
  ): Placed<MetricsRecord>[] {
    return records.map((record) => ({ ...this.#columns.place(record.step), record }));
  }

  /** Undefined before the first step record. */
  progress(): RunProgress | undefined {
    const last = this.#lastStep;
    if (last === undefined || this.run === undefined || 'problem' in this.run) return undefined;
    const { step, images, seconds: trainingSeconds, imagesPerSecond } = last;
    const remaining = remainingSeconds(last, this.run.record.totalSteps);
    return {
      step,
      images,
      trainingSeconds,
      imagesPerSecond,
      averageImagesPerSecond: averageThroughput(images, trainingSeconds),
      ...(remaining === undefined ? {} : { remainingSeconds: remaining }),
    };
  }

  /** The resolved experiment. Throws `RunFolderError`. */
  async config(): Promise<unknown> {
    return await readJson(await pathInRun(this.folder, RUN_FILES.config));
  }

  /** Points where there is a file of points for the step, else the picture; what is missing or damaged is said. */
  async sample(step: number): Promise<SampleContent> {
    const place = (extension: string) => [RUN_FILES.samples, stepFileName(step, extension)] as const;
    const path = (extension: string): string => join(this.folder, ...place(extension));
    const read = async (extension: string): Promise<Buffer> =>
      await readBounded(await pathInRun(this.folder, ...place(extension)), MAX_SAMPLE_BYTES);
    try {
      return pointsIn(await read('safetensors'), path('safetensors'));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') return { kind: 'unreadable', ...problemOf(error) };
    }
    try {
      return pictureIn(await read('png'), path('png'));
    } catch (error) {
      return { kind: 'unreadable', ...problemOf(error) };
    }
  }

  /** A resumed run has lost the records after its checkpoint: the file was cut, and everything is read again. */
  async #refreshMetrics(onPart: () => Promise<void>): Promise<boolean> {
    const path = await pathInRun(this.folder, RUN_FILES.metrics);
    const wasLoaded = await this.#load();
    const isSame = await this.#isSameUpTo(path);
    if (!isSame) this.#forget();
    const before = this.#endByte;
    for await (const part of readMetricsParts(path, { fromByte: before })) {
      for (const { record, endByte } of part) {
        this.#endByte = endByte;
        if (record.type === 'finding') this.findings.push(record);
        else if (record.type === 'recovery') this.recoveries.push(record);
        else if (record.type === 'score') this.#scores.push(record);
        else if (record.type === 'step') {
          this.#columns.append(record);
          this.#lastStep = record;
          if (this.#columns.recordCount % RECORDS_PER_PART === 0) await onPart();
        }
      }
    }
    if (this.#endByte !== before) this.#fingerprint = await this.#readFingerprint(path);
    return !isSame || this.#endByte !== before || wasLoaded;
  }

  /** Returns whether something was there. */
  async #load(): Promise<boolean> {
    if (this.#isLoaded) return false;
    this.#isLoaded = true;
    const stored: ReadMetrics | undefined = await this.#store?.load(this.folder);
    if (stored === undefined) return false;
    this.#columns = new CurveColumns(stored.values);
    this.#lastStep = stored.lastStep;
    this.findings = [...stored.findings];
    this.recoveries = [...stored.recoveries];
    this.#scores = [...stored.scores];
    this.#endByte = stored.endByte;
    this.#fingerprint = stored.fingerprint;
    this.#storedRecords = this.#columns.recordCount;
    return true;
  }

  async #isSameUpTo(path: string): Promise<boolean> {
    if (this.#endByte === 0) return true;
    return (await this.#readFingerprint(path)).equals(this.#fingerprint);
  }

  /** The bytes before the place where reading stopped; fewer where the file has become shorter. */
  async #readFingerprint(path: string): Promise<Buffer> {
    let file: FileHandle;
    try {
      file = await open(path, 'r');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return Buffer.alloc(0);
      throw error;
    }
    try {
      const length = Math.min(FINGERPRINT_BYTES, this.#endByte);
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, this.#endByte - length);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  #forget(): void {
    this.#columns = new CurveColumns();
    this.#lastStep = undefined;
    this.findings = [];
    this.recoveries = [];
    this.#scores = [];
    this.#storedRecords = 0;
    this.#endByte = 0;
    this.#fingerprint = Buffer.alloc(0);
  }
}

/** What every PNG begins with. */
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function pictureIn(bytes: Buffer, origin: string): SampleContent {
  if (!bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE))
    return { kind: 'unreadable', ...problemOfText(localizable('{0} is not a PNG image.', origin)) };
  const grid = gridIn(bytes);
  return { kind: 'image', png: new Uint8Array(bytes), ...(grid === undefined ? {} : { grid }) };
}

function pointsIn(bytes: Uint8Array, origin: string): SampleContent {
  const { real, fake, heat, extent } = decodeSafetensors(bytes, origin).tensors;
  if (
    real?.dtype !== 'float32' ||
    fake?.dtype !== 'float32' ||
    heat?.dtype !== 'float32' ||
    extent?.data[0] === undefined ||
    heat.shape[1] === undefined
  ) {
    return { kind: 'unreadable', ...problemOfText(localizable('{0} contains no points.', origin)) };
  }
  return {
    kind: 'points',
    real: real.data,
    fake: fake.data,
    heat: heat.data,
    heatColumns: heat.shape[1],
    extent: extent.data[0],
  };
}
