/**
 * A person's own feature network, as an ONNX file: with the Inception network of Heusel et al. 2017 scores can be compared
 * with papers. Images are given to it as that network wants them: 299×299, bilinear, three channels in [-1, 1].
 */
import { readFile } from 'node:fs/promises';
import { describeError } from '../../shared/errors';
import type { HostTensor } from '../../shared/host-tensor';
import { floatMatrix } from '../algebra/matrix';
import { shortHash } from '../content-key';
import { EvaluationError } from '../metric';
import { imageBatch } from '../metrics/images';
import type { FeatureNetwork } from './feature-network';

const SIDE = 299;
const CHANNELS = 3;
const BATCH = 8;

/**
 * `[count, SIDE, SIDE, 3]` or, with `isChannelFirst`, `[count, 3, SIDE, SIDE]`: bilinear between the centres of pixels,
 * without anti-aliasing; gray is repeated, and a fourth channel left out.
 */
export function resized(images: HostTensor, side: number, isChannelFirst: boolean): Float32Array {
  const { count, height, width, channels, data } = imageBatch(images);
  const result = new Float32Array(count * side * side * CHANNELS);
  const place = (target: number, extent: number): readonly [number, number, number] => {
    const centre = Math.min(extent - 1, Math.max(0, ((target + 0.5) * extent) / side - 0.5));
    const low = Math.floor(centre);
    return [low, Math.min(extent - 1, low + 1), centre - low];
  };
  for (let image = 0; image < count; image++)
    for (let y = 0; y < side; y++) {
      const [top, bottom, down] = place(y, height);
      for (let x = 0; x < side; x++) {
        const [left, right, across] = place(x, width);
        for (let c = 0; c < CHANNELS; c++) {
          const channel = channels < CHANNELS ? 0 : c;
          const at = (row: number, column: number): number =>
            data[((image * height + row) * width + column) * channels + channel] ?? 0;
          const above = at(top, left) * (1 - across) + at(top, right) * across;
          const below = at(bottom, left) * (1 - across) + at(bottom, right) * across;
          const to = isChannelFirst
            ? ((image * CHANNELS + c) * side + y) * side + x
            : ((image * side + y) * side + x) * CHANNELS + c;
          result[to] = above * (1 - down) + below * down;
        }
      }
    }
  return result;
}

/**
 * @param file ONNX, one image input `[batch, 3, 299, 299]` or `[batch, 299, 299, 3]`, first output `[batch, features]`
 * @param onProgress is told how long it will take, once the first images have been through
 * @throws `EvaluationError` where the file cannot be read or run
 */
export async function openOnnxFile(
  file: string,
  threads: number,
  onProgress?: (message: string) => void,
): Promise<FeatureNetwork> {
  const remedy = `Give an ONNX file with one input of images, [batch, ${CHANNELS}, ${SIDE}, ${SIDE}], and features [batch, n] as its first output.`;
  const refuse = (reason: string, cause?: unknown): EvaluationError =>
    new EvaluationError(`${file} cannot be used for features: ${reason}`, remedy, { cause });
  const bytes = await readFile(file).catch((error: unknown) => {
    throw refuse(describeError(error), error);
  });
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: threads }).catch(
    (error: unknown) => {
      throw refuse(describeError(error), error);
    },
  );
  const [input] = session.inputMetadata;
  const [output] = session.outputNames;
  if (input === undefined || !input.isTensor || output === undefined || session.inputNames.length !== 1)
    throw refuse(`it has the inputs ${session.inputNames.join(', ')}`);
  const isChannelFirst = input.shape[1] === CHANNELS;
  const fixed = input.shape[0];
  const batch = typeof fixed === 'number' && fixed > 0 ? fixed : BATCH;
  return {
    name: 'onnx',
    title: file.split(/[\\/]/).at(-1) ?? file,
    hash: shortHash(bytes),
    resize: `bilinear to ${SIDE}×${SIDE}, [-1, 1]`,
    async extract(examples, signal) {
      const [count = 0, ...extents] = examples.shape;
      const width = examples.data.length / count;
      let features = floatMatrix(count, 0);
      const begunMs = performance.now();
      for (let start = 0; start < count; start += batch) {
        signal?.throwIfAborted();
        const rows = Math.min(batch, count - start);
        const part = new Float32Array(batch * width);
        part.set(examples.data.subarray(start * width, (start + rows) * width));
        const images = resized(
          { shape: [batch, ...extents], dtype: 'float32', data: part },
          SIDE,
          isChannelFirst,
        );
        const shape = isChannelFirst ? [batch, CHANNELS, SIDE, SIDE] : [batch, SIDE, SIDE, CHANNELS];
        const found = (await session.run({ [input.name]: new Tensor('float32', images, shape) }))[output];
        if (!(found?.data instanceof Float32Array)) throw refuse('its first output is not of float32');
        const columns = found.data.length / batch;
        if (start === 0) {
          features = floatMatrix(count, columns);
          const seconds = (((performance.now() - begunMs) / 1000) * count) / rows;
          onProgress?.(`features of ${count} images by ${file}: about ${Math.ceil(seconds)} s`);
        }
        features.data.set(found.data.subarray(0, rows * columns), start * columns);
      }
      return { features };
    },
    close: () => session.release(),
  };
}
