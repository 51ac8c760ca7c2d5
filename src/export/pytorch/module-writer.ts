/**
 * Writes a graph as a PyTorch module: layers for convolutions, dense layers and batch normalisation, whose weights are
 * the network's own in PyTorch's layouts, and expressions for the rest.
 */
import type { OnnxNode } from '../../engine/onnx/protobuf';
import { float32, type HostTensors } from '../../shared/host-tensor';
import { localizable } from '../../shared/localizable-text';
import { ExportError } from '../exporter';
import { elementwise } from './elementwise';
import { convolutionOptions, integersOf, transposedOptions } from './layer-options';
import { hostTensorOf, type Parts, permuted, pythonTuple } from './parts';
import { type Expression, python, type Script, type Variable } from './script';
import { gemm, numberText, padding, REDUCTIONS, sliced } from './structural';
import { CHANNELS_FIRST, CHANNELS_LAST, type ConstantValue, type TensorValue, type Value } from './value';

export interface WrittenGraph {
  readonly nodes: readonly OnnxNode[];
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly values: Map<string, Value>;
  /** The weights as they are before anything is computed from them, by name. */
  readonly weights: HostTensors;
}

/** Of the built-in normalisation layers. */
const EPSILON = 1e-5;
/** PyTorch's is the share of the new value. */
const MOMENTUM = 0.1;

export class ModuleWriter {
  readonly #graph: WrittenGraph;
  readonly #script: Script;
  readonly #parts: Parts;
  /** How many nodes read each value. */
  readonly #readers = new Map<string, OnnxNode[]>();
  /** Nodes that have been written with an earlier one. */
  readonly #done = new Set<OnnxNode>();

  constructor(graph: WrittenGraph, script: Script, parts: Parts) {
    this.#graph = graph;
    this.#script = script;
    this.#parts = parts;
    for (const node of graph.nodes)
      for (const input of node.inputs) this.#readers.set(input, [...(this.#readers.get(input) ?? []), node]);
  }

  /** Throws `ExportError` for an operator that has no form here. */
  write(): void {
    for (const node of this.#graph.nodes) if (!this.#done.has(node)) this.#writeNode(node);
  }

  /** A value with channels first, if it is an image, as PyTorch has it. */
  result(name: string): Variable {
    const value = this.#tensor(name);
    return value.shape.length === 4 ? this.#channelsFirst(value) : value.variable;
  }

  #writeNode(node: OnnxNode): void {
    if (this.#layer(node)) return;
    const expression = this.#structural(node);
    if (expression !== undefined) this.#assign(node, expression, false);
    else if (!this.#elementwise(node))
      throw new ExportError(
        localizable('The operator {0} of this network has no form in PyTorch here.', node.op),
        localizable('Export the network as ONNX.'),
      );
  }

  /** Returns whether the node has become a layer, or nothing at all. */
  #layer(node: OnnxNode): boolean {
    switch (node.op) {
      case 'Conv':
      case 'ConvTranspose':
        this.#convolution(node);
        return true;
      case 'MatMul':
        this.#product(node);
        return true;
      case 'Transpose':
        this.#transpose(node);
        return true;
      case 'Mul':
        return this.#batchNorm(node);
      default:
        return false;
    }
  }

  #assign({ outputs }: OnnxNode, expression: Expression, isChannelsFirst: boolean): void {
    const [output = ''] = outputs;
    const variable = this.#script.assign(expression);
    const shape = this.#graph.shapes.get(output) ?? [];
    this.#graph.values.set(output, { kind: 'tensor', variable, shape, isChannelsFirst });
  }

  #value(name: string): Value {
    const value = this.#graph.values.get(name);
    if (value === undefined) throw new RangeError(`${name} is used before it is computed`);
    return value;
  }

  #constant(name: string): ConstantValue | undefined {
    const value = this.#graph.values.get(name);
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
      this.#graph.values.set(output, { kind: 'tensor', variable, shape, isChannelsFirst: false });
    } else if (axes.join() === CHANNELS_LAST.join() && !x.isChannelsFirst)
      this.#graph.values.set(output, { kind: 'tensor', variable: x.variable, shape, isChannelsFirst: true });
    else this.#assign(node, python`${this.#asInGraph(x)}.permute(${axes.join(', ')})`, false);
  }

  #convolution(node: OnnxNode): void {
    const [input = '', filter = '', bias = ''] = node.inputs;
    const weight = this.#constant(filter);
    if (weight === undefined)
      throw new ExportError(
        localizable('A filter of this network depends on its input, for which PyTorch has no layer.'),
        localizable('Export the network as ONNX.'),
      );
    const { shape } = weight.constant;
    const x = this.#tensor(input).variable;
    const isTransposed = node.op === 'ConvTranspose';
    const [outChannels, inChannels] = isTransposed ? [shape[1], shape[0]] : [shape[0], shape[1]];
    const { options, before, after } = isTransposed
      ? transposedOptions(node, this.#graph.shapes.get(node.outputs[0] ?? '') ?? [])
      : convolutionOptions(node);
    const biases = this.#constant(bias);
    const layer = this.#parts.module(
      layerOf(filter),
      `nn.${isTransposed ? 'ConvTranspose2d' : 'Conv2d'}(${inChannels}, ${outChannels}, ${pythonTuple(shape.slice(2))}${options}${biases === undefined ? ', bias=False' : ''})`,
      {
        weight: hostTensorOf(weight.constant),
        ...(biases === undefined ? {} : { bias: hostTensorOf(biases.constant) }),
      },
    );
    const padded = before === '' ? python`${x}` : python`F.pad(${x}, ${before})`;
    this.#assign(node, python`${layer}(${padded})${after}`, false);
  }

  /** A product with weights is a dense layer, with the bias that is added to it alone. */
  #product(node: OnnxNode): void {
    const [left = '', right = ''] = node.inputs;
    const weight = this.#constant(right);
    if (weight === undefined || weight.origins.length === 0 || weight.constant.shape.length !== 2) {
      const [a, b] = [left, right].map((name) => this.#asInGraph(this.#tensor(name)));
      if (a === undefined || b === undefined) throw new RangeError('a product of fewer than two matrices');
      this.#assign(node, python`${a} @ ${b}`, false);
      return;
    }
    const [inputs, outputs] = weight.constant.shape;
    const sum = this.#onlyReader(node, 'Add');
    const added = sum?.inputs.map((name) => this.#constant(name)).find((found) => found !== undefined);
    const bias = added?.constant.shape.join() === String(outputs) ? added : undefined;
    const layer = this.#parts.module(
      layerOf(right),
      `nn.Linear(${inputs}, ${outputs}${bias === undefined ? ', bias=False' : ''})`,
      {
        weight: permuted(hostTensorOf(weight.constant), [1, 0]),
        ...(bias === undefined ? {} : { bias: hostTensorOf(bias.constant) }),
      },
    );
    const last = bias === undefined || sum === undefined ? node : sum;
    this.#done.add(last);
    this.#assign(last, python`${layer}(${this.#asInGraph(this.#tensor(left))})`, false);
  }

  /** A scale and a shift that come from the four tensors of a batch normalisation are one. */
  #batchNorm(node: OnnxNode): boolean {
    const sum = this.#onlyReader(node, 'Add');
    const scale = node.inputs.map((name) => this.#constant(name)).find((found) => found !== undefined);
    const shift = sum?.inputs.map((name) => this.#constant(name)).find((found) => found !== undefined);
    const input = node.inputs.find((name) => this.#constant(name) === undefined);
    if (sum === undefined || scale === undefined || shift === undefined || input === undefined) return false;
    const path = layerOf(scale.origins.find((name) => name.endsWith('/variance')) ?? '');
    const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'variance'].map(
      (name) => this.#graph.weights[`${path}/${name}`],
    );
    if (gamma === undefined || beta === undefined || mean === undefined || variance === undefined)
      return false;
    const isTheirs =
      scale.constant.data.length === gamma.data.length &&
      shift.constant.data.length === gamma.data.length &&
      Array.from(scale.constant.data, Number).every(
        (value, i) =>
          isClose(value, (gamma.data[i] ?? 0) / Math.sqrt((variance.data[i] ?? 0) + EPSILON)) &&
          isClose(Number(shift.constant.data[i]), (beta.data[i] ?? 0) - (mean.data[i] ?? 0) * value),
      );
    const x = this.#tensor(input);
    if (!isTheirs || (x.shape.length !== 2 && x.shape.length !== 4)) return false;
    const isImage = x.shape.length === 4;
    const layer = this.#parts.module(
      path,
      `nn.BatchNorm${isImage ? '2d' : '1d'}(${gamma.data.length}, eps=${EPSILON}, momentum=${MOMENTUM})`,
      { weight: gamma, bias: beta, running_mean: mean, running_var: variance },
    );
    this.#done.add(sum);
    this.#assign(sum, python`${layer}(${isImage ? this.#channelsFirst(x) : x.variable})`, isImage);
    return true;
  }

  #onlyReader({ outputs }: OnnxNode, op: string): OnnxNode | undefined {
    const [reader, ...others] = this.#readers.get(outputs[0] ?? '') ?? [];
    return others.length === 0 && reader?.op === op ? reader : undefined;
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
    this.#assign(node, expression, first);
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

/** `generator/up1/kernel` and what is computed from it belong to `generator/up1`. */
function layerOf(weight: string): string {
  return weight.replace(/\/folded(?:_\d+)?$/, '').replace(/\/(?:kernel|variance)(?:_\d+)?$/, '');
}

function isStatistic(weight: string): boolean {
  return weight.endsWith('/mean') || weight.endsWith('/variance');
}

function rankOf(value: Value): number {
  return value.kind === 'tensor' ? value.shape.length : 1;
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-4 * Math.max(1, Math.abs(a), Math.abs(b));
}
