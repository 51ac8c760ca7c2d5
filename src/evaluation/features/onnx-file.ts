/**
 * A user's own feature network, as an ONNX file: with the Inception network of Heusel et al. 2017, scores are
 * comparable with papers. Images are preprocessed as by pytorch-fid (Seitzer 2020), which most papers use: 256 levels,
 * then 299×299 by bilinear interpolation between pixel centres without anti-aliasing, then [-1, 1]. The file must
 * therefore contain the network after its resizing and normalisation, up to the last pooling: 2048 features. (The
 * TensorFlow original samples between pixel corners instead: half a pixel of the small image further up and left.)
 */

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { InferenceSession } from 'onnxruntime-common';
import { loadNativeRuntime } from '../../engine/onnx/native-runtime';
import { describeError } from '../../shared/errors';
import type { HostTensor } from '../../shared/host-tensor';
import { localizable } from '../../shared/localizable-text';
import { type FloatMatrix, floatMatrix } from '../algebra/matrix';
import { shortHash } from '../content-key';
import { EvaluationError } from '../metric';
import { imageBatch } from '../metrics/images';
import type { FeatureNetwork } from './feature-network';

const SIDE = 299;
const CHANNELS = 3;
/** Batch size where the file leaves it open. */
const BATCH = 8;
const RESIZE = `256 levels, bilinear to ${SIDE}×${SIDE} between the centres of pixels, [-1, 1]`;

/**
 * Position of a pixel of the larger image in the smaller one: the pixels below and above, and the share of the way
 * between them.
 */
interface Place {
  readonly low: number;
  readonly high: number;
  readonly share: number;
}

function placesOf(extent: number, side: number): readonly Place[] {
  return Array.from({ length: side }, (_, target) => {
    const centre = Math.min(extent - 1, Math.max(0, ((target + 0.5) * extent) / side - 0.5));
    const low = Math.floor(centre);
    return { low, high: Math.min(extent - 1, low + 1), share: centre - low };
  });
}

/** Rounds to the nearest of the 256 levels that an image file can hold, in [-1, 1]. */
function level(value: number): number {
  return Math.round((Math.min(1, Math.max(-1, value)) + 1) * 127.5) / 127.5 - 1;
}

/**
 * Converts images `[count, height, width, channels]` to `[count, side, side, 3]` or, with `isChannelFirst`, `[count, 3,
 * side, side]`; grey is repeated, and a fourth channel dropped.
 */
export function prepared(images: HostTensor, side: number, isChannelFirst: boolean): Float32Array {
  const { count, height, width, channels, data } = imageBatch(images);
  const levels = data.map(level);
  const result = new Float32Array(count * side * side * CHANNELS);
  const [down, across] = [placesOf(height, side), placesOf(width, side)];
  const [stepX, stepY, stepC] = isChannelFirst ? [1, side, side * side] : [CHANNELS, side * CHANNELS, 1];
  for (let image = 0; image < count; image++)
    for (let c = 0; c < CHANNELS; c++) {
      const from = image * height * width * channels + (channels < CHANNELS ? 0 : c);
      const to = image * side * side * CHANNELS + c * stepC;
      for (const [y, row] of down.entries()) {
        const [above, below] = [from + row.low * width * channels, from + row.high * width * channels];
        for (const [x, column] of across.entries()) {
          const [left, right] = [column.low * channels, column.high * channels];
          const top = mixed(levels[above + left], levels[above + right], column.share);
          const bottom = mixed(levels[below + left], levels[below + right], column.share);
          result[to + y * stepY + x * stepX] = mixed(top, bottom, row.share);
        }
      }
    }
  return result;
}

function mixed(a = 0, b = 0, share: number): number {
  return a * (1 - share) + b * share;
}

/** Input and output layout of the file. */
interface Layout {
  readonly input: string;
  readonly output: string;
  readonly batch: number;
  readonly isChannelFirst: boolean;
}

/** An extent that the file leaves open, or names symbolically, fits any size. */
function fits(extent: number | string | undefined, wanted: number): boolean {
  return typeof extent === 'string' || extent === wanted || (extent !== undefined && extent < 0);
}

/** Returns what is wrong with an unusable file, as the rest of a sentence. */
function layoutOf(session: InferenceSession): Layout | string {
  const [input] = session.inputMetadata;
  const output = session.outputNames[0];
  if (session.inputNames.length !== 1 || input === undefined || output === undefined)
    return `it has ${session.inputNames.length} inputs (${session.inputNames.join(', ')}), and one is wanted`;
  if (!input.isTensor || input.type !== 'float32')
    return `its input "${input.name}" is ${input.isTensor ? input.type : 'no tensor'}, and float32 is wanted`;
  const { shape } = input;
  const [first, ...rest] = shape;
  const matches = (...wanted: readonly number[]): boolean =>
    rest.length === wanted.length && wanted.every((extent, i) => fits(rest[i], extent));
  const isChannelFirst = matches(CHANNELS, SIDE, SIDE);
  if (!isChannelFirst && !matches(SIDE, SIDE, CHANNELS))
    return `its input "${input.name}" is [${shape.join(', ')}]`;
  const batch = typeof first === 'number' && first > 0 ? first : BATCH;
  return { input: input.name, output, batch, isChannelFirst };
}

/**
 * Opens the network of an ONNX file.
 *
 * @param file ONNX, one image input `[batch, 3, 299, 299]` or `[batch, 299, 299, 3]`, first output `[batch, features]`
 * or `[batch, features, 1, 1]`
 * @throws `EvaluationError` if the file cannot be read or run, or has any other input or output
 */
export async function openOnnxFile(file: string, threads: number): Promise<FeatureNetwork> {
  const remedy =
    `Give an ONNX file whose one input is images, float32 [batch, ${CHANNELS}, ${SIDE}, ${SIDE}] in [-1, 1], and whose ` +
    'first output is their features, float32 [batch, n]: Inception without its resizing, normalisation and classes.';
  const refuse = (reason: string, cause?: unknown): EvaluationError =>
    new EvaluationError(localizable('{0} cannot be used for features: {1}.', file, reason), remedy, {
      cause,
    });
  const bytes = await readFile(file).catch((error: unknown) => {
    throw refuse(describeError(error), error);
  });
  const { InferenceSession, Tensor } = await loadNativeRuntime();
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: threads }).catch(
    (error: unknown) => {
      throw refuse(describeError(error), error);
    },
  );
  const layout = layoutOf(session);
  if (typeof layout === 'string') {
    await session.release();
    throw refuse(layout);
  }
  const { input, output, batch, isChannelFirst } = layout;
  const shape = isChannelFirst ? [batch, CHANNELS, SIDE, SIDE] : [batch, SIDE, SIDE, CHANNELS];

  /** Runs the network on one batch of images and returns features `[batch, n]`. */
  const run = async (images: HostTensor): Promise<FloatMatrix> => {
    const values = prepared(images, SIDE, isChannelFirst);
    const outputs = await session
      .run({ [input]: new Tensor('float32', values, shape) })
      .catch((error: unknown) => {
        throw refuse(describeError(error), error);
      });
    const found = outputs[output];
    const [rows, columns = 0, ...rest] = found?.dims ?? [];
    if (!(found?.data instanceof Float32Array) || rows !== batch || rest.some((extent) => extent !== 1))
      throw refuse(`its first output "${output}" is ${found?.type} [${found?.dims.join(', ')}]`);
    return floatMatrix(batch, columns, found.data);
  };

  return {
    name: 'onnx',
    title: basename(file),
    // The features depend on the preprocessing.
    hash: shortHash(RESIZE, bytes),
    resize: RESIZE,
    batch,
    async extract(examples, { signal, onDone } = {}) {
      const [count = 0, ...extents] = examples.shape;
      const width = examples.data.length / count;
      let features = floatMatrix(count, 0);
      for (let start = 0; start < count; start += batch) {
        signal?.throwIfAborted();
        const rows = Math.min(batch, count - start);
        const part = new Float32Array(batch * width);
        part.set(examples.data.subarray(start * width, (start + rows) * width));
        const found = await run({ shape: [batch, ...extents], dtype: 'float32', data: part });
        if (start === 0) features = floatMatrix(count, found.columns);
        features.data.set(found.data.subarray(0, rows * found.columns), start * found.columns);
        onDone?.(start + rows);
      }
      return { features };
    },
    close: () => session.release(),
  };
}
