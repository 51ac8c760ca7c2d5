/**
 * All that the dashboard shows of one run, read from its folder: what is new since the last look is read and
 * nothing else. Knows nothing of VS Code.
 */
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CurveSlice, CurveView, RunProgress, SampleContent } from '../../shared/dashboard-protocol';
import { describeError } from '../../shared/errors';
import { type FindingRecord, RUN_FILES, type StepRecord, stepFileName } from '../../shared/run-format';
import { readJson } from '../../training/run-folder/json-file';
import { type ListedRun, readRun } from '../../training/run-folder/list-runs';
import { LockObserver } from '../../training/run-folder/lock-file';
import { readMetrics } from '../../training/run-folder/metrics-reader';
import { sampleSteps } from '../../training/run-folder/sample-files';
import { decodeSafetensors } from '../../training/safetensors';
import { errorCode } from '../../training/storage/storage-error';
import { CurveColumns } from './curve-columns';

/** What a look at the folder found to be new. */
export interface RunChanges {
  readonly curves: boolean;
  readonly samples: boolean;
}

/** So many bytes, more than a line, before the place where reading stopped must still be there, or all is read anew. */
const FINGERPRINT_BYTES = 1024;
/** So many records are read in about a quarter of a second. */
const RECORDS_PER_PART = 50_000;
/** Recent steps whose pace tells how long the rest will take. */
const PACE_WINDOW = 200;

export class RunHistory {
  readonly folder: string;
  run: ListedRun | undefined;
  samples: readonly number[] = [];
  findings: FindingRecord[] = [];
  readonly #observer = new LockObserver();
  #columns = new CurveColumns();
  #lastStep: StepRecord | undefined;
  #endByte = 0;
  #fingerprint: Buffer = Buffer.alloc(0);

  /** `folder` is that of a run, or was once. */
  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Reads what is new. `onPart` is called now and then while a long run is read, when there is more to show. Throws
   * `StorageError` where a file that is there cannot be read.
   */
  async refresh(onPart: () => Promise<void> = async () => undefined): Promise<RunChanges> {
    this.run = await readRun(this.folder, this.#observer);
    const curves = await this.#refreshMetrics(onPart);
    const samples = await sampleSteps(this.folder);
    const samplesChanged = samples.join() !== this.samples.join();
    this.samples = samples;
    return { curves, samples: samplesChanged };
  }

  curves(view: CurveView): CurveSlice {
    return this.#columns.slice(view);
  }

  /** Undefined before the first step record. */
  progress(): RunProgress | undefined {
    const last = this.#lastStep;
    if (last === undefined || this.run === undefined || 'problem' in this.run) return undefined;
    const secondsPerStep = this.#columns.secondsPerStep(PACE_WINDOW);
    const { step, images, seconds: trainingSeconds, imagesPerSecond } = last;
    const progress = { step, images, trainingSeconds, imagesPerSecond };
    if (secondsPerStep === undefined) return progress;
    return { ...progress, remainingSeconds: (this.run.record.totalSteps - step) * secondsPerStep };
  }

  /** The resolved experiment. Throws `RunFolderError`. */
  async config(): Promise<unknown> {
    return await readJson(join(this.folder, RUN_FILES.config));
  }

  /** Points where there is a file of points for the step, else the picture; what is missing or damaged is said. */
  async sample(step: number): Promise<SampleContent> {
    const path = (extension: string): string =>
      join(this.folder, RUN_FILES.samples, stepFileName(step, extension));
    try {
      return pointsIn(await readFile(path('safetensors')), path('safetensors'));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') return { kind: 'unreadable', problem: describeError(error) };
    }
    try {
      return { kind: 'image', png: new Uint8Array(await readFile(path('png'))) };
    } catch (error) {
      return { kind: 'unreadable', problem: describeError(error) };
    }
  }

  /** A resumed run has lost the records after its checkpoint: the file was cut, and everything is read again. */
  async #refreshMetrics(onPart: () => Promise<void>): Promise<boolean> {
    const path = join(this.folder, RUN_FILES.metrics);
    const isSame = await this.#isSameUpTo(path);
    if (!isSame) this.#forget();
    const before = this.#endByte;
    for await (const { record, endByte } of readMetrics(path, { fromByte: before })) {
      this.#endByte = endByte;
      if (record.type === 'finding') this.findings.push(record);
      if (record.type !== 'step') continue;
      this.#columns.append(record);
      this.#lastStep = record;
      if (this.#columns.recordCount % RECORDS_PER_PART === 0) await onPart();
    }
    if (this.#endByte !== before) this.#fingerprint = await this.#readFingerprint(path);
    return !isSame || this.#endByte !== before;
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
    this.#endByte = 0;
    this.#fingerprint = Buffer.alloc(0);
  }
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
    return { kind: 'unreadable', problem: `${origin} holds no points.` };
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
