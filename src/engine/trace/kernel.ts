/** The interface of traced tfjs kernels: functions from graph values to graph values, registered by kernel name. */
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { Graph, GraphValue } from './graph';

export interface KernelCall {
  readonly graph: Graph;
  /** The value of a named input; throws if tfjs did not supply it. */
  input(name: string): GraphValue;
  /** All inputs in tfjs's order, for kernels that take a list. */
  readonly inputs: readonly GraphValue[];
  readonly attributes: NamedAttrMap;
  /** Shapes and types as tfjs sees them. */
  readonly tensors: Readonly<Record<string, TensorInfo | undefined>>;
}

export type TracedKernel = (call: KernelCall) => GraphValue | readonly GraphValue[];

export type KernelTable = Readonly<Record<string, TracedKernel>>;

/** Typed accessors for attributes, which tfjs leaves untyped. */
export const attribute = {
  number(call: KernelCall, name: string): number {
    const value = call.attributes[name];
    if (typeof value !== 'number') throw new TypeError(`attribute ${name} is not a number`);
    return value;
  },
  boolean(call: KernelCall, name: string): boolean {
    return call.attributes[name] === true;
  },
  /** A list of numbers; tfjs also allows a single one. */
  numbers(call: KernelCall, name: string): number[] {
    const value = call.attributes[name];
    if (typeof value === 'number') return [value];
    if (Array.isArray(value)) return value.map(Number);
    throw new TypeError(`attribute ${name} is not a list of numbers`);
  },
};
