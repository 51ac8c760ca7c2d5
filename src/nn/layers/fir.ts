/**
 * Resampling of images by 2 with the filter [1, 3, 3, 1] along each axis, alone and joined with a convolution (Karras et
 * al. 2020, "Analyzing and Improving the Image Quality of StyleGAN", section 4; Zhang 2019). Pixels outside of the image
 * are 0. Each axis is one product with a banded matrix, which takes less time than adding shifted copies of the image
 * even at 256 pixels, and is linear: gradients of any order are products too.
 */
import * as tf from '@tensorflow/tfjs-core';
import { extent, image } from './extents';

const TAPS = [1, 3, 3, 1] as const;
const SUM = 8;

/** One axis: zeros are inserted between the values and added at both ends, and one of `down` results is kept. */
interface Axis {
  readonly from: number;
  readonly to: number;
  /** Distance of the values after zeros are inserted. */
  readonly up: 1 | 2;
  readonly down: 1 | 2;
  /** Number of zeros added before the first value. */
  readonly before: number;
  /** Sum of the filter: 2 where every other value is an inserted zero. */
  readonly gain: 1 | 2;
}

/** `[to, from]` */
function matrixOf({ from, to, up, down, before, gain }: Axis): tf.Tensor2D {
  const values = new Float32Array(to * from);
  for (let target = 0; target < to; target++)
    TAPS.forEach((tap, k) => {
      const source = (target * down + k - before) / up;
      if (Number.isInteger(source) && source >= 0 && source < from)
        values[target * from + source] = (tap * gain) / SUM;
    });
  return tf.tensor2d(values, [to, from]);
}

/** @param axis of the given extent */
function filtered(x: tf.Tensor, axis: (from: number) => Axis): tf.Tensor4D {
  const [batch, height, width, channels] = [extent(x, 0), extent(x, 1), extent(x, 2), extent(x, 3)];
  const [rows, columns] = [axis(height), axis(width)];
  const along = (value: tf.Tensor, by: Axis): tf.Tensor => tf.matMul(tf.expandDims(matrixOf(by), 0), value);
  const tall = along(tf.reshape(x, [batch, height, width * channels]), rows);
  const wide = along(tf.reshape(tall, [batch * rows.to, width, channels]), columns);
  return tf.reshape<tf.Rank.R4>(wide, [batch, rows.to, columns.to, channels]);
}

/** `[batch, height, width, channels] -> [batch, 2·height, 2·width, channels]`. */
export function upsampleFir(x: tf.Tensor): tf.Tensor {
  return filtered(x, (from) => ({ from, to: 2 * from, up: 2, down: 1, before: 2, gain: 2 }));
}

/** `[batch, 2·height, 2·width, channels] -> [batch, height, width, channels]`. */
export function downsampleFir(x: tf.Tensor): tf.Tensor {
  refuseOdd(x);
  return filtered(x, (from) => ({ from, to: from / 2, up: 1, down: 2, before: 1, gain: 1 }));
}

/**
 * A transposed convolution of stride 2, then the filter: `[batch, height, width, in] -> [batch, 2·height, 2·width, out]`.
 * Equal to a convolution of the upsampled image, with a quarter of the multiplications.
 *
 * @param kernel `[3, 3, out, in]`
 */
export function convolveUp(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  const [batch, height, width] = [extent(x, 0), 2 * extent(x, 1) + 1, 2 * extent(x, 2) + 1];
  const size: [number, number, number, number] = [batch, height, width, extent(kernel, 2)];
  const spread = tf.conv2dTranspose(image(x), image(kernel), size, 2, 'valid');
  return filtered(spread, (from) => ({ from, to: from - 1, up: 1, down: 1, before: 1, gain: 2 }));
}

/**
 * The filter, then a convolution of stride 2: `[batch, 2·height, 2·width, in] -> [batch, height, width, out]`.
 *
 * @param kernel `[3, 3, in, out]`
 */
export function convolveDown(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  refuseOdd(x);
  const blurred = filtered(x, (from) => ({ from, to: from + 1, up: 1, down: 1, before: 2, gain: 1 }));
  return tf.conv2d(blurred, image(kernel), 2, 'valid');
}

function refuseOdd(x: tf.Tensor): void {
  if (extent(x, 1) % 2 !== 0 || extent(x, 2) % 2 !== 0)
    throw new RangeError(`expected an even height and width to halve, found [${x.shape.join(', ')}]`);
}
