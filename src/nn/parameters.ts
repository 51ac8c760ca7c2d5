/** Declares a network's leaves, initialises them, and applies a network to given leaves. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../engine/engine';
import { at } from '../engine/trace/place';
import { withSymbols } from '../engine/trace/symbols';
import type { Random } from '../random/random';
import { WorkbenchError } from '../shared/errors';
import { float32, type HostTensor } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import type { Initialiser } from './initialisers';
import type { Network, NetworkMode, RandomSource, Scope } from './scope';

export interface LeafDeclaration {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initialiser: Initialiser;
  readonly trained: boolean;
}

export interface NetworkDeclaration {
  readonly leaves: readonly LeafDeclaration[];
  readonly outputShape: readonly number[];
  /** Names of the values that the network exposes in addition to its output, in order. */
  readonly taps: readonly string[];
}

export interface DeclarationOptions {
  /** Number of classes in `scope.labels`; 0 for none. */
  readonly classes?: number;
}

/** Finds the leaves of a network, in order of first use, by running it on a symbolic input of this shape. */
export function declareNetwork(
  network: Network,
  root: string,
  inputShape: readonly number[],
  { classes = 0 }: DeclarationOptions = {},
): NetworkDeclaration {
  return withSymbols((symbol) => {
    const leaves = new Map<string, LeafDeclaration>();
    const taps: string[] = [];
    const tensors: Tensors = {};
    const declare = (leaf: LeafDeclaration): Tensor => {
      const known = leaves.get(leaf.name);
      if (known !== undefined && known.shape.join() !== leaf.shape.join())
        throw new WorkbenchError(
          localizable(
            'The parameter {0} is declared twice, as [{1}] and as [{2}].',
            leaf.name,
            known.shape.join(', '),
            leaf.shape.join(', '),
          ),
          localizable('Give each layer of a network its own name.'),
        );
      leaves.set(leaf.name, leaf);
      tensors[leaf.name] ??= symbol(leaf.name, { shape: leaf.shape, dtype: 'float32' });
      return tensors[leaf.name] ?? symbol(leaf.name, { shape: leaf.shape, dtype: 'float32' });
    };
    const [batch = 1] = inputShape;
    const labels =
      classes === 0 ? undefined : symbol('labels', { shape: [batch, classes], dtype: 'float32' });
    let draws = 0;
    const scopeAt = (path: string): Scope => ({
      mode: 'train',
      path,
      labels,
      normaliseByClass: false,
      parameter: (name, shape, initialiser) =>
        declare({ name: `${path}/${name}`, shape, initialiser, trained: true }),
      statistic: (name, shape, initialiser) =>
        declare({ name: `${path}/${name}`, shape, initialiser, trained: false }),
      updateStatistic: () => undefined,
      random: (_name, shape) => symbol(`draw ${draws++}`, { shape, dtype: 'float32' }),
      tap(name, value) {
        taps.push(name);
        return value;
      },
      truncation: undefined,
      layer: (name, body) => at(`${path}/${name}`, () => body(scopeAt(`${path}/${name}`))),
    });
    const output = network(scopeAt(root), symbol('input', { shape: inputShape, dtype: 'float32' }));
    return { leaves: [...leaves.values()], outputShape: output.shape, taps };
  });
}

/** Initial values of the leaves, drawn in order. */
export function initialLeaves(
  leaves: readonly LeafDeclaration[],
  random: Random,
): Record<string, HostTensor> {
  const values: Record<string, HostTensor> = {};
  for (const leaf of leaves) {
    const tensor = float32(leaf.shape);
    if (tensor.dtype === 'float32') leaf.initialiser.fill(tensor.data, leaf.shape, random);
    values[leaf.name] = tensor;
  }
  return values;
}

export interface ApplicationOptions {
  readonly labels?: Tensor | undefined;
  /** Receives the new value of each running statistic in `train` mode. */
  readonly onStatistic?: (name: string, value: Tensor) => void;
  /** Supplies random numbers to layers, under names that are unique within the network. */
  readonly random?: RandomSource;
  readonly onTap?: (name: string, value: Tensor) => void;
  /** Returns the value that the network continues with in place of one that it exposes. */
  readonly replaceTap?: (name: string, value: Tensor) => Tensor;
  /** Scalar, see `Scope.truncation`. */
  readonly truncation?: Tensor | undefined;
}

/**
 * Applies a network inside a program.
 *
 * @param leaves values by full name
 */
export function applyNetwork(
  network: Network,
  root: string,
  input: Tensor,
  leaves: Tensors,
  mode: NetworkMode,
  { labels, onStatistic, random = refuseRandom, onTap, replaceTap, truncation }: ApplicationOptions = {},
): Tensor {
  const leaf = (name: string): Tensor => {
    const tensor = leaves[name];
    if (tensor === undefined)
      throw new WorkbenchError(
        localizable('The network {0} uses {1}, which it did not declare.', root, name),
        localizable('A network must use the same parameters in every call.'),
      );
    return tensor;
  };
  const scopeAt = (path: string): Scope => ({
    mode,
    path,
    labels,
    normaliseByClass: false,
    parameter: (name) => leaf(`${path}/${name}`),
    statistic: (name) => leaf(`${path}/${name}`),
    updateStatistic: (name, value) => {
      if (mode === 'train') onStatistic?.(`${path}/${name}`, value);
    },
    random: (name, shape, distribution) => random(`${path}/${name}`, shape, distribution),
    tap(name, value) {
      const used = replaceTap?.(name, value) ?? value;
      onTap?.(name, used);
      return used;
    },
    truncation,
    layer: (name, body) => at(`${path}/${name}`, () => body(scopeAt(`${path}/${name}`))),
  });
  return network(scopeAt(root), input);
}

/** Sampling must be deterministic for given latents, so layers that draw random numbers must be the identity there. */
function refuseRandom(name: string): never {
  throw new WorkbenchError(
    localizable('The layer {0} draws random numbers outside training.', name),
    localizable('Draw only while `scope.mode` is "train".'),
  );
}
