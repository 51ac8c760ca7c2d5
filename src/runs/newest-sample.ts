/** The newest sample of a run, and its thumbnail. Any error yields undefined: the dashboard reports it. */
import { stat } from 'node:fs/promises';
import { thumbnailPng } from '../pictures/thumbnail';
import { readBounded } from '../run-folder/bounded-file';
import { pathInRun } from '../run-folder/path-in-run';
import { sampleSteps } from '../run-folder/sample-files';
import { RUN_FILES, stepFileName } from '../shared/run-format';
import type { RunThumbnail } from '../shared/runs-table-protocol';

const MAX_BYTES = 16 * 2 ** 20;

export interface NewestSample {
  readonly step: number;
  readonly file: string;
  /** Whether the sample is of points, whose values are in a file next to the PNG. */
  readonly isPlane: boolean;
  /** Changes whenever the file does. */
  readonly version: string;
}

export async function newestSample(runFolder: string): Promise<NewestSample | undefined> {
  try {
    const step = (await sampleSteps(runFolder)).at(-1);
    if (step === undefined) return undefined;
    const file = await pathInRun(runFolder, RUN_FILES.samples, stepFileName(step, 'png'));
    const points = await pathInRun(runFolder, RUN_FILES.samples, stepFileName(step, 'safetensors'));
    const { mtimeMs, size } = await stat(file);
    const isPlane = await stat(points).then(
      () => true,
      () => false,
    );
    return { step, file, isPlane, version: `${step} ${mtimeMs} ${size}` };
  } catch {
    return undefined;
  }
}

export async function makeThumbnail({
  step,
  file,
  isPlane,
}: NewestSample): Promise<RunThumbnail | undefined> {
  try {
    const png = thumbnailPng(await readBounded(file, MAX_BYTES), isPlane);
    return png === undefined ? undefined : { step, png };
  } catch {
    return undefined;
  }
}
