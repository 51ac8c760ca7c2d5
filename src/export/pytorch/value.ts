/**
 * Values of the graph in PyTorch. Images are channels last in the graph and channels first in PyTorch, so that a value
 * remembers which of the two its variable is.
 */
import type { FoldedConstant } from '../layers/network-graph';
import type { Variable } from './script';

export interface TensorValue {
  readonly kind: 'tensor';
  readonly variable: Variable;
  /** In the graph, with an arbitrary batch size. */
  readonly shape: readonly number[];
  /** Whether the variable has channels first where the graph has them last. */
  readonly isChannelsFirst: boolean;
}

export interface ConstantValue extends FoldedConstant {
  readonly kind: 'constant';
}

/** Integers computed from the batch size, as Python. */
export interface ShapeValue {
  readonly kind: 'shape';
  readonly extents: readonly (number | string)[];
}

export type Value = TensorValue | ConstantValue | ShapeValue;

/** `[batch, height, width, channels]` as `[batch, channels, height, width]`, and back. */
export const CHANNELS_FIRST = [0, 3, 1, 2];
export const CHANNELS_LAST = [0, 2, 3, 1];
