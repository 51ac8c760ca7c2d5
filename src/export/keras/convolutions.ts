/** Convolutions as layers of Keras, whose paddings are those of the network's own. */
import { integersOf } from '../layers/attributes';
import { permuted } from '../layers/host-tensors';
import type { ConvolutionLayer } from '../layers/weighted-layers';
import type { KerasLayer } from './functional-model';

/** Height, width, and the channels that the layer does not sum over, or does where it is transposed. */
const KERNEL_LAYOUT = [2, 3, 1, 0];

/**
 * Returns undefined for padding that Keras does not have.
 *
 * @param from height and width of the input
 * @param to height and width of the output
 */
export function convolutionLayer(
  { node, isTransposed, kernel, groups, bias }: ConvolutionLayer,
  from: readonly number[],
  to: readonly number[],
): Omit<KerasLayer, 'inputs' | 'shape' | 'name'> | undefined {
  const { attributes = {} } = node;
  const [strides, dilations, pads] = [attributes.strides, attributes.dilations, attributes.pads].map(
    integersOf,
  );
  const [first = 1, second = 1, ...size] = kernel.shape;
  const [large, small] = isTransposed ? [to, from] : [from, to];
  const isPlain = dilations?.every((dilation) => dilation === 1) ?? true;
  const isValid =
    !isTransposed &&
    pads?.every((pad) => pad === 0) === true &&
    size.every(
      (taps, axis) => to[axis] === Math.floor(((from[axis] ?? 0) - taps) / (strides?.[axis] ?? 1)) + 1,
    );
  const isSame = size.every((taps, axis) => {
    const [stride = 1, before = 0] = [strides?.[axis], pads?.[axis]];
    const extent = large[axis] ?? 0;
    const missing = Math.max(0, (Math.ceil(extent / stride) - 1) * stride + taps - extent);
    return small[axis] === Math.ceil(extent / stride) && before === Math.floor(missing / 2);
  });
  if (!isPlain || (!isSame && !isValid)) return undefined;
  return {
    className: isTransposed ? 'Conv2DTranspose' : 'Conv2D',
    config: {
      filters: isTransposed ? second : first,
      kernel_size: size,
      strides,
      padding: isSame ? 'same' : 'valid',
      ...(groups === 1 ? {} : { groups }),
      use_bias: bias !== undefined,
    },
    weights: [permuted(kernel, KERNEL_LAYOUT), ...(bias === undefined ? [] : [bias])],
  };
}
