/**
 * Programs that need not declare what they use. The body of a step requests leaves, inputs and random numbers by name;
 * running it once on symbolic tensors records which, so that a loss, a layer or an augmentation can request what it
 * needs without changes elsewhere.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Program, Tensors } from '../../engine/engine';
import { withSymbols } from '../../engine/trace/symbols';
import { withPlace } from '../../engine/trace/trace';
import type { Distribution, RandomSource } from '../../nn/scope';
import type { TensorSpec } from '../../shared/host-tensor';

export interface StepContext {
  /** Value of a leaf: as written earlier in the step, otherwise as at its start. */
  leaf(name: string): tf.Tensor;
  write(name: string, value: tf.Tensor): void;
  /** Input that the caller supplies at each run. */
  input(name: string, spec: TensorSpec): tf.Tensor;
  readonly random: RandomSource;
  output(name: string, value: tf.Tensor): void;
}

/** Random numbers drawn for one run of a program. */
export interface Draw {
  readonly name: string;
  readonly shape: readonly number[];
  readonly distribution: Distribution;
}

export interface RecordedProgram extends Program {
  /** In drawing order. */
  readonly draws: readonly Draw[];
  /** Names of the inputs that the caller supplies in addition to the draws. */
  readonly supplied: readonly string[];
}

/**
 * Propagates errors of the body; throws `TraceError` if it uses an operation that cannot be compiled.
 *
 * @param leaves all leaves of the state; the program reads and writes those that the body requests
 */
export function recordProgram(
  name: string,
  leaves: Readonly<Record<string, TensorSpec>>,
  body: (step: StepContext) => void,
): RecordedProgram {
  const reads = new Set<string>();
  const writes = new Set<string>();
  const supplied = new Map<string, TensorSpec>();
  const draws = new Map<string, Draw>();

  withSymbols((symbol) => {
    const tensors = new Map<string, tf.Tensor>();
    const symbolFor = (key: string, spec: TensorSpec): tf.Tensor => {
      const tensor = tensors.get(key) ?? tf.keep(symbol(key, spec));
      tensors.set(key, tensor);
      return tensor;
    };
    withPlace(name, () =>
      body(
        contextOf({
          leaf(leaf) {
            const spec = leaves[leaf];
            if (spec === undefined)
              throw new RangeError(`the program ${name} asks for ${leaf}, which is no leaf`);
            reads.add(leaf);
            return symbolFor(`leaf ${leaf}`, spec);
          },
          write: (leaf) => void writes.add(leaf),
          input(input, spec) {
            supplied.set(input, spec);
            return symbolFor(`input ${input}`, spec);
          },
          random(draw, shape, distribution) {
            draws.set(draw, { name: draw, shape, distribution });
            return symbolFor(`draw ${draw}`, { shape, dtype: 'float32' });
          },
          output: () => undefined,
        }),
      ),
    );
  });

  const drawn: [string, TensorSpec][] = [...draws.values()].map((draw) => [
    draw.name,
    { shape: draw.shape, dtype: 'float32' },
  ]);
  return {
    name,
    reads: [...reads],
    writes: [...writes],
    inputs: { ...Object.fromEntries(supplied), ...Object.fromEntries(drawn) },
    draws: [...draws.values()],
    supplied: [...supplied.keys()],
    build(state, inputs) {
      const next: Tensors = {};
      const outputs: Tensors = {};
      body(
        contextOf({
          leaf: (leaf) => known(state, leaf),
          write: (leaf, value) => {
            next[leaf] = value;
          },
          input: (input) => known(inputs, input),
          random: (draw) => known(inputs, draw),
          output: (output, value) => {
            outputs[output] = value;
          },
        }),
      );
      return { state: next, outputs };
    },
  };
}

/**
 * tfjs frees tensors created in a function whose gradient is taken, so tensors written or output there must be kept. A
 * leaf that was written is read back as written.
 */
function contextOf(raw: StepContext): StepContext {
  const written = new Map<string, tf.Tensor>();
  return {
    ...raw,
    leaf: (name) => written.get(name) ?? raw.leaf(name),
    write(name, value) {
      const kept = tf.keep(value);
      written.set(name, kept);
      raw.write(name, kept);
    },
    output: (name, value) => raw.output(name, tf.keep(value)),
  };
}

function known(tensors: Tensors, name: string): tf.Tensor {
  const tensor = tensors[name];
  if (tensor === undefined) throw new RangeError(`the program was not given ${name}`);
  return tensor;
}
