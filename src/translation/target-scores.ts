/**
 * Scores of translated images against target images of the same name, by the metrics of `gan evaluate` that compare
 * pairs.
 */
import { extname } from 'node:path';
import { DataError, type Skipped } from '../data/data-error';
import { PictureError } from '../data/images/picture';
import { scanFolder } from '../data/images/scan-folder';
import type { PairedMetric } from '../evaluation/metrics/paired-metric';
import { pairedMetrics } from '../evaluation/registry';
import type { ImageShape, LabelMap } from '../shared/example-shape';
import { float32, type HostTensor } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import { csvRow } from '../storage/csv';
import { readPicture } from './picture-files';
import type { ImageValues } from './translator';

export interface TargetScoresOptions {
  readonly folder: string;
  /** Shape of the outputs, except for their size. */
  readonly output: ImageShape;
  /** Colour of transparent areas. */
  readonly background: string;
  readonly signal: AbortSignal;
}

type Values = ReadonlyMap<PairedMetric, number>;

export class TargetScores {
  readonly #options: TargetScoresOptions;
  readonly #targets: ReadonlyMap<string, string>;
  readonly #metrics: readonly PairedMetric[];
  readonly #scored: { readonly name: string; readonly values: Values }[] = [];
  readonly #unscored: Skipped[] = [];

  private constructor(options: TargetScoresOptions, targets: ReadonlyMap<string, string>) {
    this.#options = options;
    this.#targets = targets;
    const isLabelMap = options.output.labelMap !== undefined;
    this.#metrics = pairedMetrics.filter(({ needs }) => isLabelMap || !needs.includes('labelMap'));
  }

  /** Throws `DataError` if the folder cannot be read or has no images. */
  static async open(options: TargetScoresOptions): Promise<TargetScores> {
    const { files } = await scanFolder(options.folder, options.signal);
    if (files.length === 0)
      throw new DataError(
        localizable('There are no images in {0}.', options.folder),
        localizable('Choose another folder.'),
      );
    // Of `a.jpg` and `a.png`, only the one of the image's own name counts.
    const byStem = files.map(({ name, path }) => [stemOf(name), path] as const);
    return new TargetScores(
      options,
      new Map([...byStem, ...files.map(({ name, path }) => [name, path] as const)]),
    );
  }

  /** Images without a usable target, with the reason. */
  get unscored(): readonly Skipped[] {
    return this.#unscored;
  }

  get count(): number {
    return this.#scored.length;
  }

  /** @param name of the input inside its folder */
  async add(name: string, made: ImageValues): Promise<void> {
    const path = this.#targets.get(name) ?? this.#targets.get(stemOf(name));
    try {
      if (path === undefined) throw new PictureError(localizable('No target of this name'));
      this.#scored.push({ name, values: this.#compare(made, await this.#read(path, made)) });
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      this.#unscored.push({ name, reason: error.reason });
    }
  }

  /** Throws `PictureError`. */
  async #read(path: string, { width, height }: ImageValues): Promise<Float32Array> {
    const { output, background } = this.#options;
    const shape = output.labelMap === undefined ? output : { ...output, channels: 3 };
    const { image, pixels } = await readPicture(path, shape, { background });
    if (image.width !== width || image.height !== height)
      throw new PictureError(
        localizable(
          'The target has {0}×{1} pixels, and the output {2}×{3}',
          image.width,
          image.height,
          width,
          height,
        ),
      );
    return output.labelMap === undefined ? image.values : labelsIn(pixels.data, output.labelMap);
  }

  #compare({ width, height, values }: ImageValues, target: Float32Array): Values {
    const { output } = this.#options;
    const tensorOf = (data: Float32Array): HostTensor => float32([1, height, width, output.channels], data);
    const example = { ...output, height, width };
    return new Map(
      this.#metrics
        .filter(({ unsuitable }) => unsuitable?.({ example }) === undefined)
        .map((metric) => [metric, metric.compare(tensorOf(values), tensorOf(target))]),
    );
  }

  /** Mean of each metric over the images that it suits. */
  get means(): readonly { readonly metric: PairedMetric; readonly value: number }[] {
    return this.#metrics.flatMap((metric) => {
      const values = this.#scored.flatMap((one) => one.values.get(metric) ?? []);
      const value = values.reduce((sum, one) => sum + one, 0) / values.length;
      return values.length === 0 ? [] : { metric, value };
    });
  }

  /** A row for each image, and one for the means. */
  get csv(): string {
    const means = new Map(this.means.map(({ metric, value }) => [metric, value]));
    const row = (name: string, values: Values): string =>
      csvRow([name, ...this.#metrics.map((metric) => values.get(metric)?.toFixed(6))]);
    return [
      csvRow(['image', ...this.#metrics.map(({ name }) => name)]),
      ...this.#scored.map(({ name, values }) => row(name, values)),
      row('mean', means),
    ].join('');
  }
}

function stemOf(name: string): string {
  return name.slice(0, name.length - extname(name).length);
}

/**
 * The class of each pixel as a label map: the one whose colour is nearest, since compressed files and smoothed edges have
 * others.
 *
 * @param pixels RGB
 */
function labelsIn(pixels: Uint8Array, { colours }: LabelMap): Float32Array {
  const classes = colours.length;
  const values = new Float32Array((pixels.length / 3) * classes).fill(-1);
  for (let at = 0; at < pixels.length; at += 3) {
    const distances = colours.map(([r, g, b]) => {
      const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
      return (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2;
    });
    values[(at / 3) * classes + distances.indexOf(Math.min(...distances))] = 1;
  }
  return values;
}
