/** Arguments of PyTorch's convolutions, from the attributes of ONNX's. */
import type { OnnxNode } from '../../engine/onnx/protobuf';
import { integersOf } from '../layers/attributes';
import { pythonTuple } from './parts';

export interface LayerOptions {
  /** Further arguments of the layer. */
  readonly options: string;
  /** Padding of the input, and slices of the output, where the layer's own are not enough. */
  readonly before: string;
  readonly after: string;
}

export function convolutionOptions({ attributes = {} }: OnnxNode): LayerOptions {
  const [top = 0, left = 0, bottom = 0, right = 0] = integersOf(attributes.pads);
  const isEven = top === bottom && left === right;
  return {
    options: `${strideOptions(attributes)}${isEven && top + left > 0 ? `, padding=${pythonTuple([top, left])}` : ''}`,
    before: isEven ? '' : pythonTuple([left, right, top, bottom]),
    after: '',
  };
}

function strideOptions(attributes: NonNullable<OnnxNode['attributes']>): string {
  const option = (name: string, key: string): string => {
    const pair = integersOf(attributes[key]);
    return pair.every((value) => value === 1) ? '' : `, ${name}=${pythonTuple(pair)}`;
  };
  return option('stride', 'strides') + option('dilation', 'dilations');
}

/** Padding is the same on both sides in PyTorch, so that rows may be left over at the end. */
export function transposedOptions({ attributes = {} }: OnnxNode, shape: readonly number[]): LayerOptions {
  const [top = 0, left = 0, bottom = 0, right = 0] = integersOf(attributes.pads);
  const [below = 0, beside = 0] = integersOf(attributes.output_padding);
  const over = [top - bottom + below, left - right + beside];
  const extra = over.map((rows) => Math.max(0, rows));
  return {
    options: `${strideOptions(attributes)}${top + left > 0 ? `, padding=${pythonTuple([top, left])}` : ''}${extra.some((rows) => rows > 0) ? `, output_padding=${pythonTuple(extra)}` : ''}`,
    before: '',
    after: over.some((rows) => rows < 0) ? `[:, :, :${shape[2]}, :${shape[3]}]` : '',
  };
}
