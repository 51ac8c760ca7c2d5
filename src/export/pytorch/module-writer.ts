/**
 * Writes a graph as a PyTorch module: layers for convolutions, dense layers and batch normalisation, whose weights are
 * the network's own in PyTorch's layouts, and expressions for the rest.
 */
import type { OnnxNode } from '../../engine/onnx/protobuf';
import { float32, type HostTensor } from '../../shared/host-tensor';
import { localizable } from '../../shared/localizable-text';
import { ExportError } from '../exporter';
import { integersOf } from '../layers/attributes';
import { hostTensorOf, permuted } from '../layers/host-tensors';
import type { NetworkGraph } from '../layers/network-graph';
import { layerSteps } from '../layers/steps';
import {
  type BatchNormLayer,
  type ConvolutionLayer,
  type DenseLayer,
  type WeightedLayer,
  weightedLayers,
} from '../layers/weighted-layers';
import { elementwise } from './elementwise';
import { convolutionOptions, transposedOptions } from './layer-options';
import { type Parts, pythonTuple } from './parts';
import { type Expression, python, type Script, type Variable } from './script';
import { gemm, numberText, padding, REDUCTIONS, sliced } from './structural';
import { CHANNELS_FIRST, CHANNELS_LAST, type ConstantValue, type TensorValue, type Value } from './value';

/** PyTorch's is the share of the new value. */
const MOMENTUM = 0.1;

export class ModuleWriter {
  readonly #graph: NetworkGraph;
  readonly #script: Script;
  readonly #parts: Parts;
  readonly #values: Map<string, Value>;

  /** @param values the constants, and the inputs as they are in the script */
  constructor(graph: NetworkGraph, values: Map<string, Value>, script: Script, parts: Parts) {
    this.#graph = graph;
    this.#values = values;
    this.#script = script;
    this.#parts = parts;
  }

  /** Throws `ExportError` for an operator that has no form here. */
  write(): void {
    for (const step of layerSteps(this.#graph, weightedLayers))
      if (step.kind === 'operator') this.#writeNode(step.node);
      else this.#writeLayer(step);
  }

  /** A value with channels first, if it is an image, as PyTorch has it. */
  result(name: string): Variable {
    const value = this.#tensor(name);
    return value.shape.length === 4 ? this.#channelsFirst(value) : value.variable;
  }

  #writeLayer(layer: WeightedLayer): void {
    switch (layer.kind) {
      case 'convolution':
        this.#convolution(layer);
        break;
      case 'dense':
        this.#dense(layer);
        break;
      case 'batchNorm':
        this.#batchNorm(layer);
        break;
    }
  }

  #writeNode(node: OnnxNode): void {
    if (node.op === 'Transpose') {
      this.#transpose(node);
      return;
    }
    const expression = this.#structural(node);
    const [output = ''] = node.outputs;
    if (expression !== undefined) this.#assign(output, expression, false);
    else if (!this.#elementwise(node)) throw noForm(node);
  }

  #assign(output: string, expression: Expression, isChannelsFirst: boolean): void {
    const variable = this.#script.assign(expression);
    const shape = this.#graph.shapes.get(output) ?? [];
    this.#values.set(output, { kind: 'tensor', variable, shape, isChannelsFirst });
  }

  #value(name: string): Value {
    const value = this.#values.get(name);
    if (value === undefined) throw new RangeError(`${name} is used before it is computed`);
    return value;
  }

  #constant(name: string): ConstantValue | undefined {
    const value = this.#values.get(name);
    return value?.kind === 'constant' ? value : undefined;
  }

  /** A constant becomes a tensor of the module. */
  #tensor(name: string): TensorValue {
    const value = this.#value(name);
    if (value.kind === 'tensor') return value;
    if (value.kind === 'shape') throw new RangeError(`${name} is a shape`);
    const { shape } = value.constant;
    const variable = this.#script.assign([this.#held(value)]);
    return { kind: 'tensor', variable, shape, isChannelsFirst: false };
  }

  #held({ constant, origins }: ConstantValue, moved = hostTensorOf(constant)): string {
    return this.#parts.tensor(
      constant.name,
      moved,
      origins.some((name) => !isStatistic(name)),
    );
  }

  #asInGraph({ variable, isChannelsFirst }: TensorValue): Variable {
    return isChannelsFirst
      ? this.#script.assign(python`${variable}.permute(${CHANNELS_LAST.join(', ')})`)
      : variable;
  }

  #channelsFirst({ variable, isChannelsFirst }: TensorValue): Variable {
    return isChannelsFirst
      ? variable
      : this.#script.assign(python`${variable}.permute(${CHANNELS_FIRST.join(', ')})`);
  }

  /** The graph transposes around each convolution; PyTorch has channels first throughout. */
  #transpose(node: OnnxNode): void {
    const x = this.#tensor(node.inputs[0] ?? '');
    const [output = ''] = node.outputs;
    const axes = integersOf(node.attributes?.perm);
    const shape = this.#graph.shapes.get(output) ?? [];
    if (axes.join() === CHANNELS_FIRST.join()) {
      const variable = this.#channelsFirst(x);
      this.#values.set(output, { kind: 'tensor', variable, shape, isChannelsFirst: false });
    } else if (axes.join() === CHANNELS_LAST.join() && !x.isChannelsFirst)
      this.#values.set(output, { kind: 'tensor', variable: x.variable, shape, isChannelsFirst: true });
    else this.#assign(output, python`${this.#asInGraph(x)}.permute(${axes.join(', ')})`, false);
  }

  #convolution({ node, inputs, output, path, isTransposed, kernel, groups, bias }: ConvolutionLayer): void {
    const x = this.#tensor(inputs[0]).variable;
    const { shape } = kernel;
    const [first = 1, second = 1] = shape;
    const [outChannels, inChannels] = isTransposed ? [second, first] : [first, second * groups];
    const { options, before, after } = isTransposed
      ? transposedOptions(node, this.#graph.shapes.get(output) ?? [])
      : convolutionOptions(node);
    const layer = this.#parts.module(
      path,
      `nn.${isTransposed ? 'ConvTranspose2d' : 'Conv2d'}(${inChannels}, ${outChannels}, ${pythonTuple(shape.slice(2))}${options}${groups === 1 ? '' : `, groups=${groups}`}${biasOption(bias)})`,
      { weight: kernel, ...(bias === undefined ? {} : { bias }) },
    );
    const padded = before === '' ? python`${x}` : python`F.pad(${x}, ${before})`;
    this.#assign(output, python`${layer}(${padded})${after}`, false);
  }

  #dense({ inputs, output, path, kernel, bias }: DenseLayer): void {
    const [from, to] = kernel.shape;
    const layer = this.#parts.module(path, `nn.Linear(${from}, ${to}${biasOption(bias)})`, {
      weight: permuted(kernel, [1, 0]),
      ...(bias === undefined ? {} : { bias }),
    });
    this.#assign(output, python`${layer}(${this.#asInGraph(this.#tensor(inputs[0]))})`, false);
  }

  #batchNorm({ inputs, output, path, epsilon, gamma, beta, mean, variance }: BatchNormLayer): void {
    const x = this.#tensor(inputs[0]);
    const isImage = x.shape.length === 4;
    const layer = this.#parts.module(
      path,
      `nn.BatchNorm${isImage ? '2d' : '1d'}(${gamma.data.length}, eps=${epsilon}, momentum=${MOMENTUM})`,
      { weight: gamma, bias: beta, running_mean: mean, running_var: variance },
    );
    this.#assign(output, python`${layer}(${isImage ? this.#channelsFirst(x) : x.variable})`, isImage);
  }

  #elementwise(node: OnnxNode): boolean {
    const values = node.inputs.map((name) => this.#value(name));
    const tensors = values.filter((value) => value.kind === 'tensor');
    const ranks = values.map((value) =>
      value.kind === 'constant' ? value.constant.shape.length : rankOf(value),
    );
    // Tensors of other ranks have their axes counted from the channels.
    const isMovable = ranks.every(
      (rank, i) => rank === 4 || rank === 0 || (rank === 1 && values[i]?.kind === 'constant'),
    );
    const first = isMovable && tensors.some(({ isChannelsFirst }) => isChannelsFirst);
    const operands = values.map((value) => this.#operand(value, first));
    const expression = elementwise(node, operands);
    if (expression === undefined) return false;
    this.#assign(node.outputs[0] ?? '', expression, first);
    return true;
  }

  #operand(value: Value, isChannelsFirst: boolean): Expression {
    if (value.kind === 'shape') throw new RangeError('a shape is not computed with');
    if (value.kind === 'tensor')
      return [
        isChannelsFirst && value.shape.length === 4 ? this.#channelsFirst(value) : this.#asInGraph(value),
      ];
    const { constant, origins } = value;
    if (constant.shape.length === 0 && origins.length === 0) return [numberText(constant)];
    if (!isChannelsFirst || constant.shape.length === 0) return [this.#held(value)];
    const tensor = hostTensorOf(constant);
    const moved =
      tensor.shape.length === 1
        ? float32([1, tensor.shape[0] ?? 1, 1, 1], Float32Array.from(tensor.data))
        : permuted(tensor, CHANNELS_FIRST);
    return [this.#held(value, moved)];
  }

  /** Operators that move, choose or reduce elements. */
  #structural(node: OnnxNode): Expression | undefined {
    const [first = '', second = '', third = ''] = node.inputs;
    const x = (): Variable => this.#asInGraph(this.#tensor(first));
    const { attributes = {} } = node;
    switch (node.op) {
      case 'Reshape':
        return python`${x()}.reshape(${pythonTuple(this.#extents(second))})`;
      case 'Expand':
        return this.#constant(first)?.constant.shape.length === 0
          ? python`torch.full(${pythonTuple(this.#extents(second))}, ${numberText(this.#constant(first)?.constant)})`
          : python`${x()}.expand(${pythonTuple(this.#extents(second))})`;
      case 'Tile':
        return python`${x()}.repeat(${pythonTuple(this.#extents(second))})`;
      case 'Concat':
        return python`torch.cat([${node.inputs.flatMap((name, i): Expression => [...(i === 0 ? [] : [', ']), this.#asInGraph(this.#tensor(name))])}], dim=${Number(attributes.axis)})`;
      case 'Slice':
        return sliced(
          x(),
          this.#tensor(first).shape.length,
          node.inputs.slice(1).map((name) => this.#extents(name)),
        );
      case 'Pad':
        return python`F.pad(${x()}, ${padding(this.#extents(second))}, value=${numberText(this.#constant(third)?.constant)})`;
      case 'Gather':
        return python`torch.index_select(${x()}, ${Number(attributes.axis ?? 0)}, ${this.#tensor(second).variable})`;
      case 'Softmax':
        return python`torch.softmax(${x()}, dim=-1)`;
      case 'LogSoftmax':
        return python`torch.log_softmax(${x()}, dim=-1)`;
      case 'ArgMax':
      case 'ArgMin':
        return python`torch.${node.op.toLowerCase()}(${x()}, dim=${Number(attributes.axis)})`;
      case 'MatMul':
        return python`${x()} @ ${this.#asInGraph(this.#tensor(second))}`;
      case 'Gemm':
        return gemm(
          node,
          node.inputs.map((name) => this.#asInGraph(this.#tensor(name))),
        );
      default:
        return this.#reduction(node, x);
    }
  }

  #reduction({ op, inputs, attributes = {} }: OnnxNode, x: () => Variable): Expression | undefined {
    const method = REDUCTIONS[op];
    if (method === undefined) return undefined;
    const axes = this.#extents(inputs[1] ?? '');
    const keep = attributes.keepdims === 1 ? ', keepdim=True' : '';
    // The product is taken along one axis at a time.
    if (op === 'ReduceProd')
      return axes.toReversed().reduce<Expression>((text, axis) => python`${text}.prod(dim=${axis})`, [x()]);
    return python`${x()}.${method}(dim=${pythonTuple(axes)}${keep})`;
  }

  #extents(name: string): readonly (number | string)[] {
    const value = this.#value(name);
    if (value.kind === 'shape') return value.extents;
    if (value.kind === 'constant') return Array.from(value.constant.data, Number);
    throw new RangeError(`${name} is no shape`);
  }
}

function noForm({ op }: OnnxNode): ExportError {
  return op === 'Conv' || op === 'ConvTranspose'
    ? new ExportError(
        localizable('A filter of this network depends on its input, for which PyTorch has no layer.'),
        localizable('Export the network as ONNX.'),
      )
    : new ExportError(
        localizable('The operator {0} of this network has no form in PyTorch here.', op),
        localizable('Export the network as ONNX.'),
      );
}

function biasOption(bias: HostTensor | undefined): string {
  return bias === undefined ? ', bias=False' : '';
}

function isStatistic(weight: string): boolean {
  return weight.endsWith('/mean') || weight.endsWith('/variance');
}

function rankOf(value: Value): number {
  return value.kind === 'tensor' ? value.shape.length : 1;
}
