/** Records a program: runs it once on symbolic tensors and returns the graph of everything it does. */
import * as tf from '@tensorflow/tfjs-core';
import { describeError } from '../../shared/errors';
import type { TensorSpec } from '../../shared/host-tensor';
import type { Program, Tensors } from '../engine';
import { TraceError } from './backend';
import type { Graph } from './graph';
import type { Lowering } from './lowering';
import { currentPlace, resetPlace } from './place';
import { traceBackend } from './register';

export interface TracedProgram {
  readonly graph: Graph;
  readonly outputs: Readonly<Record<string, TensorSpec>>;
}

/** Prefixes that separate the names of leaves, inputs and outputs in a graph. */
export const LEAF_IN = 'state:';
export const LEAF_OUT = 'next:';
export const INPUT = 'input:';
export const OUTPUT = 'output:';

/**
 * Throws `TraceError` if an operation has no traced kernel or no gradient, naming the operation and the layer.
 *
 * @param leaves shape of every leaf that the program reads
 */
export function traceProgram(
  program: Program,
  leaves: Readonly<Record<string, TensorSpec>>,
  lowering: Lowering,
): TracedProgram {
  return withTraceBackend(lowering, (graph, symbol) => {
    const state = symbols(program.reads, leaves, LEAF_IN, symbol);
    const inputs = symbols(Object.keys(program.inputs), program.inputs, INPUT, symbol);
    const result = withPlace(program.name, () => program.build(state, inputs));
    const backend = traceBackend(lowering);
    for (const name of program.writes) {
      const tensor = result.state[name];
      if (tensor === undefined)
        throw new TraceError(
          `Program ${program.name} does not return the leaf ${name} that it writes.`,
          'Return it from `build`.',
        );
      const expected = leaves[name]?.shape ?? tensor.shape;
      if (expected.join() !== tensor.shape.join())
        throw new TraceError(
          `Program ${program.name} changes the shape of ${name} from [${expected.join(', ')}] to [${tensor.shape.join(', ')}].`,
          'A leaf keeps its shape.',
        );
      graph.output(LEAF_OUT + name, backend.graphValue(tensor));
    }
    const outputs: Record<string, TensorSpec> = {};
    for (const [name, tensor] of Object.entries(result.outputs)) {
      const value = backend.graphValue(tensor);
      graph.output(OUTPUT + name, value);
      outputs[name] = { shape: value.shape, dtype: value.type === 'int32' ? 'int32' : 'float32' };
    }
    return { graph, outputs };
  });
}

/** Runs `body` on an empty graph with tfjs switched to symbolic tensors, then restores the previous backend. */
export function withTraceBackend<Result>(
  lowering: Lowering,
  body: (graph: Graph, symbol: (name: string, spec: TensorSpec) => tf.Tensor) => Result,
): Result {
  const backend = traceBackend(lowering);
  const previous = tf.engine().backendName;
  const graph = backend.begin();
  // `setBackend` is synchronous for backends that initialise synchronously, as these do.
  void tf.engine().setBackend(backend.name);
  tf.engine().startScope();
  try {
    return body(graph, (name, spec) =>
      tf.engine().makeTensorFromTensorInfo(backend.tensorOf(graph.input(name, spec))),
    );
  } finally {
    tf.engine().endScope();
    // So that the backend does not keep the graph and its constants until the next trace.
    backend.begin();
    if (previous !== undefined && previous !== null) void tf.engine().setBackend(previous);
  }
}

function symbols(
  names: readonly string[],
  specs: Readonly<Record<string, TensorSpec>>,
  prefix: string,
  symbol: (name: string, spec: TensorSpec) => tf.Tensor,
): Tensors {
  const tensors: Tensors = {};
  for (const name of names) {
    const spec = specs[name];
    if (spec === undefined)
      throw new TraceError(
        `A program reads the leaf ${name}, which the state does not have.`,
        'Write the leaf first.',
      );
    tensors[name] = symbol(prefix + name, spec);
  }
  return tensors;
}

/**
 * Runs the body of a program; converts an operation's error to a `TraceError` that names the operation and its layer.
 */
export function withPlace<Result>(program: string, body: () => Result): Result {
  resetPlace();
  try {
    return body();
  } catch (error) {
    const place = currentPlace();
    const where = place === undefined ? `program ${program}` : `${place} (program ${program})`;
    const message = describeError(error);
    const kernel = /Kernel '(\w+)' not registered/.exec(message)?.[1];
    if (kernel !== undefined)
      throw new TraceError(
        `The operation ${kernel} in ${where} cannot be compiled: it has no traced kernel.`,
        'Express it with other operations, or add a kernel in src/engine/trace/kernels.',
        { cause: error },
      );
    const gradient = /gradient function not found for (\w+)/.exec(message)?.[1];
    if (gradient !== undefined)
      throw new TraceError(
        `The operation ${gradient} in ${where} has no gradient.`,
        'Use an operation that can be differentiated as often as this loss needs; x·step(x, alpha) for leaky ReLU.',
        { cause: error },
      );
    if (error instanceof TraceError)
      throw new TraceError(`${error.message} (in ${where})`, error.remedy, { cause: error });
    throw error;
  }
}
