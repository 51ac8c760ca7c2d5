/** Everything the dashboard shows about one run, read incrementally from its folder. Does not depend on VS Code. */
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gridIn } from '../../pictures/grid-description';
import { readBounded } from '../../run-folder/bounded-file';
import { readEvaluations } from '../../run-folder/evaluations';
import { readConfigJson, readInterventions } from '../../run-folder/interventions';
import { type ListedRun, readRun } from '../../run-folder/list-runs';
import { LockObserver } from '../../run-folder/lock-file';
import { readMetricsParts } from '../../run-folder/metrics-reader';
import { pathInRun } from '../../run-folder/path-in-run';
import { MAX_SAMPLE_BYTES, sampleSteps } from '../../run-folder/sample-files';
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
  type Intervention,
  type MetricsRecord,
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

/** Changes since the last refresh. */
export interface RunChanges {
  readonly curves: boolean;
  /** Findings, or the steps at which they cleared. */
  readonly findings: boolean;
  readonly scores: boolean;
  readonly samples: boolean;
  /** Interventions, and with them the config. */
  readonly interventions: boolean;
}

/**
 * This many bytes, more than one line, before the last read position must be unchanged, or everything is read again.
 */
const FINGERPRINT_BYTES = 1024;
/** This many records take about a quarter of a second to read. */
const RECORDS_PER_PART = 50_000;
/** Fewer records are read just as fast from the run itself. */
const FEWEST_STORED_RECORDS = 20_000;
/** The cache is rewritten once the run has grown by this fraction: the remainder is read quickly. */
const STORED_GROWTH = 0.1;

export class RunHistory {
  readonly folder: string;
  run: ListedRun | undefined;
  samples: readonly number[] = [];
  findings: FindingRecord[] = [];
  recoveries: RecoveryRecord[] = [];
  interventions: readonly Intervention[] = [];
  /** Why the scores computed outside training could not be read. */
  evaluationsProblem: Problem | undefined;
  /** From training. */
  #scores: ScoreRecord[] = [];
  /** Computed outside training. */
  #evaluated: readonly ScoreRecord[] = [];
  /** Whether any have been read since the last successful refresh. */
  #hasNewFindings = false;
  #hasNewScores = false;
  readonly #observer = new LockObserver();
  #columns = new CurveColumns();
  #lastStep: StepRecord | undefined;
  #endByte = 0;
  #fingerprint: Buffer = Buffer.alloc(0);
  /** Cache of the records, consulted once before the first read. */
  readonly #store: CurveStore | undefined;
  #isLoaded = false;
  #storedRecords = 0;

  /** `folder` is a run folder, which may no longer exist. */
  constructor(folder: string, store?: CurveStore) {
    this.folder = folder;
    this.#store = store;
  }

  /**
   * Reads what is new. While a long run is read, `onPart` is called at intervals to show the progress so far. Throws
   * `StorageError` if an existing file cannot be read, `RunFolderError` if a link leads out of the run.
   */
  async refresh(onPart: () => Promise<void> = async () => undefined): Promise<RunChanges> {
    this.run = await readRun(this.folder, this.#observer);
    const curves = await this.#refreshMetrics(onPart);
    // While a dashboard opens there is time for this as its page loads, but none once the page requests data.
    this.#columns.sumUp();
    const samples = await sampleSteps(this.folder);
    const samplesChanged = samples.join() !== this.samples.join();
    this.samples = samples;
    await this.#refreshEvaluations();
    const interventions = curves && (await this.#refreshInterventions());
    const [findings, scores] = [this.#hasNewFindings, this.#hasNewScores];
    this.#hasNewFindings = false;
    this.#hasNewScores = false;
    return { curves, findings, scores, samples: samplesChanged, interventions };
  }

  /** Each of them is also among the records, so that they are read when those have changed. */
  async #refreshInterventions(): Promise<boolean> {
    const before = this.interventions;
    this.interventions = await readInterventions(this.folder);
    return !isDeepStrictEqual(before, this.interventions);
  }

  /** Evaluations that cannot be read must not hide the run. */
  async #refreshEvaluations(): Promise<void> {
    const before = this.#evaluated;
    try {
      this.#evaluated = await readEvaluations(this.folder);
      this.evaluationsProblem = undefined;
    } catch (error) {
      this.evaluationsProblem = problemOf(error);
    }
    if (!isDeepStrictEqual(before, this.#evaluated)) this.#hasNewScores = true;
  }

  get scores(): readonly ScoreRecord[] {
    return [...this.#scores, ...this.#evaluated];
  }

  /** Saves the records to the cache, if that saves time. Throws `StorageError`. */
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

  /** The newest `most` findings, with the step at which they cleared, if any. */
  shownFindings(most: number): readonly ShownFinding[] {
    return this.findings.slice(-most).map((finding) => {
      const step = recoveredAt(finding, this.recoveries);
      return step === undefined ? finding : { ...finding, recoveredAt: step };
    });
  }

  curves(view: CurveView): CurveSlice {
    return this.#columns.slice(view);
  }

  /** The records with their positions on the x axes. */
  placed<MetricsRecord extends { readonly step: number }>(
    records: readonly MetricsRecord[],
  ): Placed<MetricsRecord>[] {
    return records.map((record) => ({ ...this.#columns.place(record.step), record }));
  }

  /** Undefined until the first step record. */
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

  /** The resolved config, with all changes so far. Throws `RunFolderError`. */
  async config(): Promise<unknown> {
    return await readConfigJson(this.folder);
  }

  /**
   * Points if the step has a file of points, or else the PNG; a missing or damaged file is returned as `unreadable`.
   */
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

  /**
   * A resumed run has lost the records after its checkpoint: the file was truncated, and is read again from the start.
   */
  async #refreshMetrics(onPart: () => Promise<void>): Promise<boolean> {
    const path = await pathInRun(this.folder, RUN_FILES.metrics);
    const wasLoaded = await this.#load();
    const isSame = await this.#isSameUpTo(path);
    if (!isSame) this.#forget();
    const before = this.#endByte;
    for await (const part of readMetricsParts(path, { fromByte: before })) {
      for (const { record, endByte } of part) {
        this.#endByte = endByte;
        this.#take(record);
        if (record.type === 'step' && this.#columns.recordCount % RECORDS_PER_PART === 0) await onPart();
      }
    }
    if (this.#endByte !== before) this.#fingerprint = await this.#readFingerprint(path);
    return !isSame || this.#endByte !== before || wasLoaded;
  }

  #take(record: MetricsRecord): void {
    switch (record.type) {
      case 'step':
        this.#columns.append(record);
        this.#lastStep = record;
        break;
      case 'finding':
        this.findings.push(record);
        this.#hasNewFindings = true;
        break;
      case 'recovery':
        this.recoveries.push(record);
        this.#hasNewFindings = true;
        break;
      case 'score':
        this.#scores.push(record);
        this.#hasNewScores = true;
    }
  }

  /** Returns whether the cache had an entry. */
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
    this.#hasNewFindings = true;
    this.#hasNewScores = true;
    this.#endByte = stored.endByte;
    this.#fingerprint = stored.fingerprint;
    this.#storedRecords = this.#columns.recordCount;
    return true;
  }

  async #isSameUpTo(path: string): Promise<boolean> {
    if (this.#endByte === 0) return true;
    return (await this.#readFingerprint(path)).equals(this.#fingerprint);
  }

  /** The bytes before the last read position; fewer if the file has become shorter. */
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
    this.#hasNewFindings = true;
    this.#hasNewScores = true;
    this.#storedRecords = 0;
    this.#endByte = 0;
    this.#fingerprint = Buffer.alloc(0);
  }
}

/** Signature at the start of every PNG. */
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function pictureIn(bytes: Buffer, origin: string): SampleContent {
  if (!bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE))
    return { kind: 'unreadable', ...problemOfText(localizable('{0} is not a PNG image.', origin)) };
  const grid = gridIn(bytes);
  return { kind: 'image', png: new Uint8Array(bytes), ...(grid === undefined ? {} : { grid }) };
}

function pointsIn(bytes: Uint8Array, origin: string): SampleContent {
  const { real, fake, heat, extent, descent, manifold, latentSize } = decodeSafetensors(
    bytes,
    origin,
  ).tensors;
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
    ...(descent?.dtype === 'float32' ? { descent: descent.data } : {}),
    ...(manifold?.dtype === 'float32'
      ? {
          manifold: {
            vertices: manifold.data,
            columns: manifold.shape[1] ?? 0,
            latentSize: latentSize?.data[0] ?? 0,
          },
        }
      : {}),
  };
}
