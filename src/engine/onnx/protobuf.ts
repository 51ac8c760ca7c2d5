/** ONNX models in protobuf: the only file that knows their messages. */
import { create, toBinary } from '@bufbuild/protobuf';
import type { AttributeProto } from 'onnx-buf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import type { AttributeValue, ConstantData, ElementType } from '../trace/graph';

/** The newest opset in which both runtimes have kernels for every operator that the tracer emits. */
const OPERATOR_SET = 21;
/** The version of the format that came with each set. */
const IR_VERSION: Readonly<Record<number, bigint>> = { 18: 8n, 21: 10n };

const DATA_TYPE: Record<ElementType | 'float64' | 'uint8', TensorProto_DataType> = {
  float32: TensorProto_DataType.FLOAT,
  float64: TensorProto_DataType.DOUBLE,
  int32: TensorProto_DataType.INT32,
  int64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
  uint8: TensorProto_DataType.UINT8,
};

export interface OnnxValue {
  readonly name: string;
  readonly type: keyof typeof DATA_TYPE;
  /** Omitted if it is known only when the model runs; an axis of any extent has a name. */
  readonly shape?: readonly (number | string)[];
}

export interface OnnxConstant extends OnnxValue {
  readonly shape: readonly number[];
  readonly data: ConstantData;
}

export interface OnnxNode {
  readonly op: string;
  readonly name?: string;
  /** Names of values; empty for an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

export interface OnnxGraph {
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants?: readonly OnnxConstant[];
  readonly nodes: readonly OnnxNode[];
  /** The newest that the engines run, by default. */
  readonly operatorSet?: 18 | 21;
  readonly producerVersion?: string;
  readonly description?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export function encodeProtobuf(graph: OnnxGraph): Uint8Array {
  const { name, inputs, outputs, constants = [], nodes, operatorSet = OPERATOR_SET } = graph;
  const { producerVersion = '', description = '', metadata = {} } = graph;
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: IR_VERSION[operatorSet] ?? 0n,
      producerName: 'gan-workbench',
      producerVersion,
      docString: description,
      metadataProps: Object.entries(metadata).map(([key, value]) =>
        create(StringStringEntryProtoSchema, { key, value }),
      ),
      opsetImport: [create(OperatorSetIdProtoSchema, { domain: '', version: BigInt(operatorSet) })],
      graph: create(GraphProtoSchema, {
        name,
        input: inputs.map(valueInfo),
        output: outputs.map(valueInfo),
        initializer: constants.map(initializer),
        node: nodes.map(nodeProto),
      }),
    }),
  );
}

function valueInfo({ name, type, shape }: OnnxValue) {
  const dim = shape?.map((extent) =>
    create(TensorShapeProto_DimensionSchema, {
      value:
        typeof extent === 'string'
          ? { case: 'dimParam', value: extent }
          : { case: 'dimValue', value: BigInt(extent) },
    }),
  );
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, {
      value: {
        case: 'tensorType',
        value: create(TypeProto_TensorSchema, {
          elemType: DATA_TYPE[type],
          ...(dim === undefined ? {} : { shape: create(TensorShapeProtoSchema, { dim }) }),
        }),
      },
    }),
  });
}

function initializer({ name, type, shape, data }: OnnxConstant) {
  return create(TensorProtoSchema, {
    name,
    dims: shape.map(BigInt),
    dataType: DATA_TYPE[type],
    rawData: Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  });
}

function nodeProto({ op, name = '', inputs, outputs, attributes = {} }: OnnxNode) {
  return create(NodeProtoSchema, {
    opType: op,
    name,
    input: [...inputs],
    output: [...outputs],
    attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
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
