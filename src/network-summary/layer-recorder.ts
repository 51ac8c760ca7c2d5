/**
 * Records the layers of a network while it is built on symbols: the operations and the parameters of each scope. The scope
 * of a layer nested in another has its own; what remains belongs to the outer one.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { GraphNode, GraphValue } from '../engine/trace/graph';
import { symbolicGraph, symbolicValue } from '../engine/trace/symbols';
import type { Scope } from '../nn/scope';
import { sizeOf } from '../shared/host-tensor';

export interface RecordedLayer {
  /** Path from the network, such as `block1/conv`; empty for what is in no layer. */
  readonly path: string;
  /** Number of trained values. */
  parameters: number;
  /** Number of values that are stored but not trained, such as running means. */
  statistics: number;
  /** Names of its own parameters, such as `kernel`. */
  readonly names: Set<string>;
  /** Operations in this layer and in none of the layers inside. */
  readonly nodes: GraphNode[];
  /** What the layer returns; undefined if that is no tensor. */
  output: GraphValue | undefined;
}

export class LayerRecorder {
  readonly layers: RecordedLayer[] = [];
  readonly #root: string;
  readonly #open: RecordedLayer[] = [];
  /** Leaves that have been counted; a layer applied twice has them once. */
  readonly #counted = new Set<string>();
  /** Operations before this have an owner. */
  #end = 0;

  /** @param root path of the network's own scope */
  constructor(root: string) {
    this.#root = root;
  }

  /** The same scope, whose layers are recorded. */
  scope(scope: Scope): Scope {
    return {
      ...scope,
      // Samples have no statistics of the batch, which would make each example depend on all others.
      mode: 'sample',
      parameter: (name, shape, initialiser) => {
        this.#count(`${scope.path}/${name}`, 'parameters', shape);
        this.#open.at(-1)?.names.add(name);
        return scope.parameter(name, shape, initialiser);
      },
      statistic: (name, shape, initialiser) => {
        this.#count(`${scope.path}/${name}`, 'statistics', shape);
        return scope.statistic(name, shape, initialiser);
      },
      layer: (name, body) =>
        scope.layer(name, (inner) => this.within(inner.path, () => body(this.scope(inner)))),
    };
  }

  /** Records what `body` does as the layer with this path. */
  within<Result>(path: string, body: () => Result): Result {
    this.#own();
    const layer: RecordedLayer = {
      path: path.slice(this.#root.length + 1),
      parameters: 0,
      statistics: 0,
      names: new Set(),
      nodes: [],
      output: undefined,
    };
    this.layers.push(layer);
    this.#open.push(layer);
    try {
      const result = body();
      if (isTensor(result)) layer.output = symbolicValue(result);
      return result;
    } finally {
      this.#own();
      this.#open.pop();
    }
  }

  #count(leaf: string, kind: 'parameters' | 'statistics', shape: readonly number[]): void {
    const layer = this.#open.at(-1);
    if (layer === undefined || this.#counted.has(leaf)) return;
    this.#counted.add(leaf);
    layer[kind] += sizeOf(shape);
  }

  /** Assigns the operations since the last call to the innermost open layer. */
  #own(): void {
    const { nodes } = symbolicGraph();
    this.#open.at(-1)?.nodes.push(...nodes.slice(this.#end));
    this.#end = nodes.length;
  }
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'dataId' in value && 'rank' in value;
}
