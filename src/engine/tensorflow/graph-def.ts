/** TensorFlow's graphs and options in protobuf: the only file of the engine that knows their messages. */
import { create, toBinary } from '@bufbuild/protobuf';
import { sizeOf } from '../../shared/host-tensor';
import type { ConstantData, ElementType } from '../trace/graph';
import {
  type AttrValue,
  AttrValue_ListValueSchema,
  AttrValueSchema,
  ConfigProtoSchema,
  DataType,
  GPUOptionsSchema,
  type GraphDef,
  GraphDefSchema,
  GraphOptionsSchema,
  NodeDefSchema,
  TensorProtoSchema,
  type TensorShapeProto,
  TensorShapeProto_DimSchema,
  TensorShapeProtoSchema,
  VersionDefSchema,
} from './messages_pb';

/** The version of graphs in TensorFlow 2.4: newer libraries keep its meaning, older ones report what they lack. */
const PRODUCER = 561;

export type TensorFlowType = ElementType | 'uint8' | 'string';

export const DATA_TYPE: Record<TensorFlowType, DataType> = {
  float32: DataType.DT_FLOAT,
  int32: DataType.DT_INT32,
  int64: DataType.DT_INT64,
  bool: DataType.DT_BOOL,
  uint8: DataType.DT_UINT8,
  string: DataType.DT_STRING,
};

export interface ConstantTensor {
  readonly type: Exclude<TensorFlowType, 'string'>;
  readonly shape: readonly number[];
  readonly data: ConstantData;
}

export type Attribute =
  | { readonly type: TensorFlowType }
  | { readonly types: readonly TensorFlowType[] }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly shape: readonly number[] }
  | { readonly tensor: ConstantTensor }
  /** A tensor of texts. */
  | { readonly texts: readonly string[] };

export interface TensorFlowNode {
  readonly op: string;
  readonly name: string;
  /** Names of nodes; `^name` only waits for a node. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export function encodeGraphDef(nodes: readonly TensorFlowNode[]): Uint8Array {
  return toBinary(GraphDefSchema, graphDef(nodes));
}

export function graphDef(nodes: readonly TensorFlowNode[]): GraphDef {
  return create(GraphDefSchema, {
    node: nodes.map(({ op, name, inputs, attributes }) =>
      create(NodeDefSchema, {
        op,
        name,
        input: [...inputs],
        attr: Object.fromEntries(
          Object.entries(attributes).map(([key, value]) => [
            key,
            create(AttrValueSchema, { value: attributeValue(value) }),
          ]),
        ),
      }),
    ),
    versions: create(VersionDefSchema, { producer: PRODUCER }),
  });
}

function attributeValue(attribute: Attribute): AttrValue['value'] {
  if ('type' in attribute) return { case: 'type', value: DATA_TYPE[attribute.type] };
  if ('int' in attribute) return { case: 'i', value: BigInt(attribute.int) };
  if ('float' in attribute) return { case: 'f', value: attribute.float };
  if ('bool' in attribute) return { case: 'b', value: attribute.bool };
  if ('string' in attribute) return { case: 's', value: new TextEncoder().encode(attribute.string) };
  if ('shape' in attribute) return { case: 'shape', value: shapeProto(attribute.shape) };
  if ('ints' in attribute)
    return { case: 'list', value: create(AttrValue_ListValueSchema, { i: attribute.ints.map(BigInt) }) };
  if ('types' in attribute) {
    const type = attribute.types.map((each) => DATA_TYPE[each]);
    return { case: 'list', value: create(AttrValue_ListValueSchema, { type }) };
  }
  return {
    case: 'tensor',
    value: 'texts' in attribute ? textsProto(attribute.texts) : tensorProto(attribute.tensor),
  };
}

/** An extent of -1 is known only when the graph runs. */
export function shapeProto(shape: readonly number[]): TensorShapeProto {
  return create(TensorShapeProtoSchema, {
    dim: shape.map((extent) => create(TensorShapeProto_DimSchema, { size: BigInt(extent) })),
  });
}

function tensorProto({ type, shape, data }: ConstantTensor) {
  if (data.length !== sizeOf(shape))
    throw new RangeError(`a constant of ${data.length} values for [${shape}]`);
  return create(TensorProtoSchema, {
    dtype: DATA_TYPE[type],
    tensorShape: shapeProto(shape),
    tensorContent: Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  });
}

function textsProto(texts: readonly string[]) {
  return create(TensorProtoSchema, {
    dtype: DATA_TYPE.string,
    tensorShape: shapeProto([texts.length]),
    stringVal: texts.map((text) => new TextEncoder().encode(text)),
  });
}

/** The options of a session, as `TF_SetConfig` takes them. */
export function encodeSessionConfig(threads: number): Uint8Array {
  return toBinary(
    ConfigProtoSchema,
    create(ConfigProtoSchema, {
      intraOpParallelismThreads: threads,
      interOpParallelismThreads: 1,
      usePerSessionThreads: true,
      // Otherwise the first session takes all memory of the graphics card.
      gpuOptions: create(GPUOptionsSchema, { allowGrowth: true }),
      // All programs are in one graph; only the nodes of the one that runs are placed and optimised.
      graphOptions: create(GraphOptionsSchema, { placePrunedGraph: true }),
    }),
  );
}
