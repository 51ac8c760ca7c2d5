/**
 * Writes a network as layers of Keras. Images are channels last there as in the network, so that the graph's moves of
 * channels around convolutions become nothing.
 */
import type { OnnxNode } from '../../engine/onnx/protobuf';
import { float32, type HostTensor, sizeOf } from '../../shared/host-tensor';
import { localizable } from '../../shared/localizable-text';
import { ExportError } from '../exporter';
import { integersOf } from '../layers/attributes';
import { hostTensorOf } from '../layers/host-tensors';
import { BATCH, type NamedInput, type NetworkGraph } from '../layers/network-graph';
import { layerSteps, type OperatorStep } from '../layers/steps';
import {
  type BatchNormLayer,
  type ConvolutionLayer,
  type DenseLayer,
  EPSILON,
  type WeightedLayer,
  weightedLayers,
} from '../layers/weighted-layers';
import { convolutionLayer } from './convolutions';
import type { FunctionalModel, KerasLayer, KerasTensor } from './functional-model';
import {
  type ClassBatchNormLayer,
  type MomentsLayer,
  type NormalisationLayer,
  normalisations,
} from './normalisations';
import { addOperator, type Operands } from './operators';
import { type ResamplingLayer, resamplings } from './resampling';

/** The share of the previous value in running statistics. */
const MOMENTUM = 0.9;
const RESAMPLING = {
  upsampleNearest: 'UpSampling2D',
  averagePool: 'AveragePooling2D',
  maxPool: 'MaxPooling2D',
} as const;

const TO_CHANNELS_FIRST = [0, 3, 1, 2];
const TO_CHANNELS_LAST = [0, 2, 3, 1];

type Layer = WeightedLayer | NormalisationLayer | ResamplingLayer;

/** A value of the network. */
interface WrittenValue {
  readonly tensor: KerasTensor;
  /** Whether the graph has channels first where Keras has them last. */
  readonly isChannelsFirst: boolean;
}

export class LayerWriter {
  readonly #graph: NetworkGraph;
  readonly #model: FunctionalModel;
  readonly #root: string;
  readonly #outputName: string;
  readonly #values = new Map<string, WrittenValue>();
  /** The numbers of the classes, by the name of their one-hot form. */
  readonly #classes = new Map<string, KerasTensor>();
  /** The layer with weights that was written last, by which an error says where it is. */
  #place = '';

  /**
   * @param root prefix of the names of the network's weights
   * @param outputName of the last layer, where it has no weights by whose names it is called
   */
  constructor(graph: NetworkGraph, model: FunctionalModel, root: string, outputName: string) {
    this.#graph = graph;
    this.#model = model;
    this.#root = root;
    this.#outputName = outputName;
  }

  input({ name, value }: NamedInput): void {
    if (value.kind === 'classes') this.#classes.set(name, this.#model.input(name, [], 'int64'));
    else this.#set(name, this.#model.input(name, this.#extents(name), 'float32'));
  }

  /** Returns what the network makes. Throws `ExportError` for what Keras has no layer for. */
  write(): KerasTensor {
    const matchers = [...resamplings, ...normalisations, ...weightedLayers];
    for (const step of layerSteps<Layer>(this.#graph, matchers)) this.#writeStep(step);
    return this.#tensor(this.#graph.output);
  }

  #writeStep(step: Layer | OperatorStep): void {
    switch (step.kind) {
      case 'convolution':
        this.#convolution(step);
        break;
      case 'dense':
        this.#dense(step);
        break;
      case 'batchNorm':
        this.#batchNorm(step);
        break;
      case 'moments':
        this.#moments(step);
        break;
      case 'classBatchNorm':
        this.#classBatchNorm(step);
        break;
      case 'pixelNorm':
        this.#pixelNorm(step);
        break;
      case 'operator':
        this.#operator(step.node, step.output);
        break;
      default:
        this.#resampling(step);
    }
  }

  #set(name: string, tensor: KerasTensor, isChannelsFirst = false): void {
    this.#values.set(name, { tensor, isChannelsFirst });
  }

  /** Without the batch. */
  #extents(name: string): readonly number[] {
    return this.#graph.shape(name).slice(1);
  }

  /** Adds a layer that makes this value of the graph. */
  #add(output: string, layer: Omit<KerasLayer, 'shape'>): void {
    this.#set(output, this.#model.add({ ...layer, shape: this.#extents(output) }));
  }

  #named(path: string): string {
    const own = path.startsWith(this.#root) ? path.slice(this.#root.length) : path;
    this.#place = own;
    return own.replaceAll(/[^A-Za-z0-9_]+/g, '_');
  }

  #value(name: string): WrittenValue {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const classes = this.#classes.get(name);
    if (classes === undefined) throw new RangeError(`${name} is used before it is computed`);
    this.#set(name, this.#oneHot(classes, this.#extents(name)[0] ?? 1));
    return this.#value(name);
  }

  /** A value in the shape that it has in the graph, which resampling leaves to what reads it. */
  #tensor(name: string): KerasTensor {
    const { tensor, isChannelsFirst } = this.#value(name);
    return isChannelsFirst ? tensor : this.#inShape(tensor, this.#graph.shape(name));
  }

  /** @param layer the name of the layer, if one is needed */
  #inShape(x: KerasTensor, [batch, ...extents]: readonly number[], layer?: string): KerasTensor {
    const size = x.shape.reduce<number>((product, extent) => product * (extent ?? 1), 1);
    if (batch !== BATCH || size !== sizeOf(extents)) throw this.#noLayer('Reshape');
    return this.#shaped(x, extents, layer);
  }

  /** Rows of the identity, which training leaves as they are. */
  #oneHot(classes: KerasTensor, count: number): KerasTensor {
    const identity = new Float32Array(count * count);
    for (let i = 0; i < count; i++) identity[i * (count + 1)] = 1;
    return this.#model.add({
      className: 'Embedding',
      name: 'one_hot',
      config: { input_dim: count, output_dim: count, trainable: false },
      inputs: [classes],
      shape: [count],
      weights: [float32([count, count], identity)],
    });
  }

  #convolution(layer: ConvolutionLayer): void {
    const { inputs, output, path } = layer;
    const shapeOf = (name: string): readonly number[] => this.#graph.shape(name).slice(2);
    const name = this.#named(path);
    const written = convolutionLayer(layer, shapeOf(inputs[0]), shapeOf(output));
    if (written === undefined) throw this.#noLayer(layer.node.op);
    const [channels = 1, ...size] = this.#extents(output);
    const shape = [...size, channels];
    const x = this.#tensor(inputs[0]);
    this.#set(output, this.#model.add({ ...written, name, inputs: [x], shape }), true);
  }

  #dense({ inputs, output, path, kernel, bias }: DenseLayer): void {
    const name = this.#named(path);
    const [rows, units] = kernel.shape;
    const classes = this.#classes.get(inputs[0]);
    if (classes !== undefined && bias === undefined) {
      // The product with a one-hot class is a row.
      const config = { input_dim: rows, output_dim: units };
      this.#add(output, { className: 'Embedding', name, config, inputs: [classes], weights: [kernel] });
      return;
    }
    this.#add(output, {
      className: 'Dense',
      name,
      config: { units, use_bias: bias !== undefined },
      inputs: [this.#tensor(inputs[0])],
      weights: [kernel, ...(bias === undefined ? [] : [bias])],
    });
  }

  #batchNorm({ inputs, output, path, epsilon, gamma, beta, mean, variance }: BatchNormLayer): void {
    this.#add(output, {
      className: 'BatchNormalization',
      name: this.#named(path),
      config: { momentum: MOMENTUM, epsilon },
      inputs: [this.#tensor(inputs[0])],
      weights: [gamma, beta, mean, variance],
    });
  }

  #classBatchNorm(layer: ClassBatchNormLayer): void {
    const { inputs, output, path, mean, variance } = layer;
    const normalised = this.#model.add({
      className: 'BatchNormalization',
      name: this.#named(path),
      config: { momentum: MOMENTUM, epsilon: EPSILON, center: false, scale: false },
      inputs: [this.#tensor(inputs[0] ?? '')],
      shape: this.#extents(output),
      weights: [mean, variance],
    });
    this.#scaleAndShift(normalised, layer);
  }

  #moments(layer: MomentsLayer): void {
    const { inputs, output, over, epsilon, scale, shift } = layer;
    const x = this.#tensor(inputs[0] ?? '');
    const [gamma, beta] = [this.#vector(scale), this.#vector(shift)];
    const isOwn = gamma !== undefined && beta !== undefined;
    const path = this.#graph.constants.get(scale)?.origins[0]?.replace(/\/gamma$/, '');
    // Both normalise all of a vector.
    const isVector = x.shape.length === 2;
    const normalised = this.#model.add({
      className: isVector ? 'LayerNormalization' : 'GroupNormalization',
      name: path === undefined ? undefined : this.#named(path),
      config: {
        epsilon,
        center: isOwn,
        scale: isOwn,
        ...(isVector ? {} : { groups: over === 'pixels' ? -1 : 1 }),
      },
      inputs: [x],
      shape: this.#extents(output),
      weights: isOwn ? [gamma, beta] : [],
    });
    if (isOwn) this.#set(output, normalised);
    else this.#scaleAndShift(normalised, layer);
  }

  /** A value for each channel, if it is a constant. */
  #vector(name: string): HostTensor | undefined {
    const known = this.#graph.constants.get(name);
    if (known === undefined) return undefined;
    const { data } = hostTensorOf(known.constant);
    return float32([data.length], Float32Array.from(data));
  }

  #scaleAndShift(x: KerasTensor, { output, scale, shift }: ClassBatchNormLayer | MomentsLayer): void {
    const scaled = this.#model.add({
      className: 'Multiply',
      inputs: [x, this.#tensor(scale)],
      shape: this.#extents(output),
    });
    this.#add(output, { className: 'Add', inputs: [scaled, this.#tensor(shift)] });
  }

  /** Keras' layer has a scale, which stays 1. */
  #pixelNorm({ inputs, output, epsilon }: Extract<NormalisationLayer, { kind: 'pixelNorm' }>): void {
    const channels = this.#extents(output).at(-1) ?? 1;
    this.#add(output, {
      className: 'RMSNormalization',
      config: { epsilon, trainable: false },
      inputs: [this.#tensor(inputs[0] ?? '')],
      weights: [float32([channels], new Float32Array(channels).fill(1))],
    });
  }

  #resampling({ kind, inputs, output, from, to, factor }: ResamplingLayer): void {
    const x = this.#shaped(this.#value(inputs[0] ?? '').tensor, from);
    const [height, width, depth] = from;
    if (kind === 'depthToSpace') {
      const moved = this.#model.add({
        className: 'Permute',
        config: { dims: [1, 3, 2, 4] },
        inputs: [this.#shaped(x, [height, width, factor, depth / factor])],
        shape: [height, factor, width, depth / factor],
      });
      this.#set(output, this.#shaped(moved, to));
      return;
    }
    const config = { [kind === 'upsampleNearest' ? 'size' : 'pool_size']: factor };
    this.#set(output, this.#model.add({ className: RESAMPLING[kind], config, inputs: [x], shape: to }));
  }

  #shaped(x: KerasTensor, shape: readonly number[], name?: string): KerasTensor {
    if (x.shape.slice(1).join() === shape.join()) return x;
    const config = { target_shape: shape };
    return this.#model.add({ className: 'Reshape', config, inputs: [x], shape, name });
  }

  #operator(node: OnnxNode, output: string): void {
    if (node.op === 'Transpose') this.#transpose(node, output);
    else if (node.op === 'Reshape') this.#reshape(node, output);
    else if (node.op === 'Identity') this.#values.set(output, this.#value(node.inputs[0] ?? ''));
    else this.#computed(node, output);
  }

  #nameOf(output: string): string | undefined {
    return output === this.#graph.output ? this.#outputName : undefined;
  }

  #computed(node: OnnxNode, output: string): void {
    const constants = node.inputs.flatMap((name, at) => {
      const known = this.#graph.constants.get(name);
      return known === undefined ? [] : [{ ...known, at }];
    });
    const [constant, ...others] = node.op === 'Expand' ? [] : constants;
    const names = node.inputs.filter(
      (name) => !this.#graph.constants.has(name) && !this.#graph.computed.has(name),
    );
    const operands: Operands = {
      tensors: names.map((name) => this.#tensor(name)),
      ...(constant === undefined ? {} : { constant }),
      shape: this.#extents(output),
      name: this.#nameOf(output),
    };
    const isPlain = others.length === 0 && names.every((name) => !this.#value(name).isChannelsFirst);
    const made = isPlain ? addOperator(this.#model, node, operands) : undefined;
    if (made === undefined) throw this.#noLayer(node.op);
    this.#set(output, made);
  }

  #transpose({ op, inputs, attributes }: OnnxNode, output: string): void {
    const [name = ''] = inputs;
    const { isChannelsFirst } = this.#value(name);
    const tensor = this.#tensor(name);
    const axes = integersOf(attributes?.perm);
    if (axes.join() === TO_CHANNELS_FIRST.join() && !isChannelsFirst) this.#set(output, tensor, true);
    else if (axes.join() === TO_CHANNELS_LAST.join() && isChannelsFirst) this.#set(output, tensor);
    else if (axes[0] === 0 && !isChannelsFirst)
      this.#add(output, { className: 'Permute', config: { dims: axes.slice(1) }, inputs: [tensor] });
    else throw this.#noLayer(op);
  }

  #reshape({ op, inputs }: OnnxNode, output: string): void {
    const { tensor, isChannelsFirst } = this.#value(inputs[0] ?? '');
    if (isChannelsFirst) throw this.#noLayer(op);
    this.#set(output, this.#inShape(tensor, this.#graph.shape(output), this.#nameOf(output)));
  }

  #noLayer(op: string): ExportError {
    return new ExportError(
      this.#place === ''
        ? localizable('Keras has no layer for the operator {0}, with which this network begins.', op)
        : localizable(
            'Keras has no layer for the operator {0}, which follows {1} in this network.',
            op,
            this.#place,
          ),
      localizable('Export the network as ONNX or as a TensorFlow SavedModel (formats onnx and savedmodel).'),
    );
  }
}
