/**
 * A functional model of Keras: its layers, each called once, as Keras' own files describe them. Weights are stored by the
 * class of their layer and its number among the model's layers of that class, so that the order of the layers is Keras'.
 */
import type { HostTensor, HostTensors } from '../../shared/host-tensor';

export interface KerasTensor {
  readonly layer: string;
  /** The size of the batch is null. */
  readonly shape: readonly (number | null)[];
  readonly dtype: 'float32' | 'int64';
}

export interface KerasLayer {
  readonly className: string;
  /** By default made of the name of its class. */
  readonly name?: string | undefined;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly inputs: readonly KerasTensor[];
  /** Without the batch. */
  readonly shape: readonly number[];
  /** In the order in which Keras stores them. */
  readonly weights?: readonly HostTensor[];
}

interface AddedLayer {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly KerasTensor[];
  readonly weights: readonly HostTensor[];
}

export class FunctionalModel {
  readonly #name: string;
  readonly #layers = new Map<string, AddedLayer>();
  readonly #inputs: KerasTensor[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  /** @param shape without the batch */
  input(name: string, shape: readonly number[], dtype: KerasTensor['dtype']): KerasTensor {
    const tensor = { layer: name, shape: [null, ...shape], dtype };
    this.#layers.set(name, {
      className: 'InputLayer',
      config: { batch_shape: tensor.shape, dtype, name },
      inputs: [],
      weights: [],
    });
    this.#inputs.push(tensor);
    return tensor;
  }

  add({ className, name, config = {}, inputs, shape, weights = [] }: KerasLayer): KerasTensor {
    const layer = this.#unique(name ?? snakeCase(className));
    this.#layers.set(layer, {
      className,
      config: { ...config, name: layer, dtype: 'float32' },
      inputs,
      weights,
    });
    return { layer, shape: [null, ...shape], dtype: 'float32' };
  }

  #unique(name: string): string {
    let unique = name;
    for (let i = 2; this.#layers.has(unique); i++) unique = `${name}_${i}`;
    return unique;
  }

  /** As `config.json` has it. */
  config(output: KerasTensor): object {
    const inputs = this.#inputs.map(historyOf);
    return {
      module: 'keras',
      class_name: 'Model',
      config: {
        name: this.#name,
        trainable: true,
        layers: this.#ordered(output).map((name) => this.#layerConfig(name)),
        input_layers: inputs.length === 1 ? inputs[0] : inputs,
        output_layers: historyOf(output),
      },
      registered_name: null,
    };
  }

  #layerConfig(name: string): object {
    const { className, config, inputs } = this.#layer(name);
    const tensors = inputs.map((tensor) => ({
      class_name: '__keras_tensor__',
      config: { shape: tensor.shape, dtype: tensor.dtype, keras_history: historyOf(tensor) },
    }));
    return {
      module: 'keras.layers',
      class_name: className,
      config,
      registered_name: null,
      name,
      inbound_nodes:
        inputs.length === 0 ? [] : [{ args: inputs.length === 1 ? tensors : [tensors], kwargs: {} }],
    };
  }

  /** The weights of the layers by their paths in `model.weights.h5`. */
  weights(output: KerasTensor): HostTensors {
    const counts = new Map<string, number>();
    const weights: Record<string, HostTensor> = {};
    for (const name of this.#ordered(output)) {
      const layer = this.#layer(name);
      const kind = snakeCase(layer.className);
      const number = counts.get(kind) ?? 0;
      counts.set(kind, number + 1);
      layer.weights.forEach((weight, i) => {
        weights[`layers/${kind}${number === 0 ? '' : `_${number}`}/vars/${i}`] = weight;
      });
    }
    return weights;
  }

  /**
   * The names of the layers as Keras orders them: by their distance from the output, the farthest first, and those at the
   * same distance as a search from the output comes across them.
   */
  #ordered(output: KerasTensor): string[] {
    const found = new Map<string, number>();
    const finished: string[] = [];
    const visit = (name: string): void => {
      if (found.has(name)) return;
      found.set(name, found.size);
      for (const { layer } of this.#layer(name).inputs) visit(layer);
      finished.push(name);
    };
    visit(output.layer);
    const depths = new Map<string, number>();
    for (const name of finished.toReversed()) {
      const depth = depths.get(name) ?? 0;
      depths.set(name, depth);
      for (const { layer } of this.#layer(name).inputs)
        depths.set(layer, Math.max(depth + 1, depths.get(layer) ?? 0));
    }
    const placeIn = (places: ReadonlyMap<string, number>, name: string): number => places.get(name) ?? 0;
    finished.sort((a, b) => placeIn(depths, b) - placeIn(depths, a) || placeIn(found, a) - placeIn(found, b));
    // A model has all of its inputs, even those on which nothing depends.
    return [...new Set([...finished, ...this.#inputs.map(({ layer }) => layer)])];
  }

  #layer(name: string): AddedLayer {
    const layer = this.#layers.get(name);
    if (layer === undefined) throw new RangeError(`there is no layer ${name}`);
    return layer;
  }
}

/** A layer's only output of its only call. */
function historyOf({ layer }: KerasTensor): readonly [string, number, number] {
  return [layer, 0, 0];
}

/** As Keras does it: `Conv2DTranspose` is `conv2d_transpose`. */
function snakeCase(name: string): string {
  return name
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
