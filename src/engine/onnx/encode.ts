/** Encodes a traced graph as an ONNX model, in protobuf bytes for ONNX Runtime. */
import { create, toBinary } from '@bufbuild/protobuf';
import type { AttributeProto, TensorProto } from 'onnx-buf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import type { AttributeValue, ElementType, Graph, GraphNode, GraphValue, NamedValue } from '../trace/graph';
import { liveNodes } from '../trace/graph';

/** The newest opset in which both runtimes have kernels for every operator that the tracer emits. */
const OPERATOR_SET = 21;
const IR_VERSION = 10n;

const DATA_TYPE: Record<ElementType, TensorProto_DataType> = {
  float32: TensorProto_DataType.FLOAT,
  int32: TensorProto_DataType.INT32,
  int64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
};

export function encodeModel(graph: Graph): Uint8Array {
  const nodes = liveNodes(graph);
  const names = valueNames(graph, nodes);
  const used = new Set(nodes.flatMap((node) => node.inputs.map((input) => input?.id)));
  for (const output of graph.outputs) used.add(output.value.id);
  const nameOf = (value: GraphValue | undefined): string =>
    value === undefined ? '' : (names.get(value.id) ?? `v${value.id}`);
  // Each output needs a unique name, even if it is an input, a constant or the same value as another output.
  const aliases = graph.outputs
    .filter((output) => nameOf(output.value) !== output.name)
    .map((output) =>
      create(NodeProtoSchema, {
        opType: 'Identity',
        input: [nameOf(output.value)],
        output: [output.name],
      }),
    );
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      producerName: 'gan-workbench',
      opsetImport: [create(OperatorSetIdProtoSchema, { domain: '', version: BigInt(OPERATOR_SET) })],
      graph: create(GraphProtoSchema, {
        name: 'program',
        input: graph.inputs.map(valueInfo),
        output: graph.outputs.map(valueInfo),
        initializer: graph.constants
          .filter((value) => used.has(value.id))
          .map((v) => initializer(v, nameOf(v))),
        node: [
          ...nodes.map((node) =>
            create(NodeProtoSchema, {
              opType: node.op,
              name: `${node.op}_${node.outputs[0]?.id}`,
              input: node.inputs.map(nameOf),
              output: node.outputs.map(nameOf),
              attribute: Object.entries(node.attributes).map(([name, value]) => attribute(name, value)),
            }),
          ),
          ...aliases,
        ],
      }),
    }),
  );
}

function valueNames(graph: Graph, nodes: readonly GraphNode[]): Map<number, string> {
  const names = new Map<number, string>();
  for (const { name, value } of graph.inputs) names.set(value.id, name);
  const computed = new Set(nodes.flatMap((node) => node.outputs.map((output) => output.id)));
  for (const { name, value } of graph.outputs)
    if (computed.has(value.id) && !names.has(value.id)) names.set(value.id, name);
  return names;
}

function valueInfo({ name, value }: NamedValue) {
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, {
      value: {
        case: 'tensorType',
        value: create(TypeProto_TensorSchema, {
          elemType: DATA_TYPE[value.type],
          shape: create(TensorShapeProtoSchema, {
            dim: value.shape.map((extent) =>
              create(TensorShapeProto_DimensionSchema, {
                value: { case: 'dimValue', value: BigInt(extent) },
              }),
            ),
          }),
        }),
      },
    }),
  });
}

function initializer(value: GraphValue, name: string): TensorProto {
  const data = value.constant ?? new Float32Array();
  return create(TensorProtoSchema, {
    name,
    dims: value.shape.map(BigInt),
    dataType: DATA_TYPE[value.type],
    rawData: Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  });
}

function attribute(name: string, value: AttributeValue): AttributeProto {
  const type = AttributeProto_AttributeType;
  if (typeof value === 'number')
    return create(AttributeProtoSchema, { name, type: type.INT, i: BigInt(value) });
  if (typeof value === 'string')
    return create(AttributeProtoSchema, { name, type: type.STRING, s: new TextEncoder().encode(value) });
  if ('float' in value) return create(AttributeProtoSchema, { name, type: type.FLOAT, f: value.float });
  return create(AttributeProtoSchema, { name, type: type.INTS, ints: value.map(BigInt) });
}
