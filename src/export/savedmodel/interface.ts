/**
 * What people put into a SavedModel and get out of it, the same as with an ONNX model: classes as numbers and images as
 * bytes outside, one-hot classes and numbers from -1 to 1 inside.
 */
import type { GraphBuilder } from '../../engine/tensorflow/graph-builder';
import type { TensorFlowType } from '../../engine/tensorflow/graph-def';
import { type ExampleShape, exampleExtents, type ImageShape } from '../../shared/example-shape';
import type { NetworkValue } from '../../training/task';

/** A value of the signature. */
export interface SignatureValue {
  readonly name: string;
  readonly node: string;
  readonly type: TensorFlowType;
  /** The batch is -1. */
  readonly shape: readonly number[];
}

export interface AdaptedInput extends SignatureValue {
  /** The node with what the network takes. */
  readonly inner: string;
}

const FLOAT = { T: { type: 'float32' } } as const;
const ANY = -1;

function number(builder: GraphBuilder, value: number): string {
  return builder.constant({ type: 'float32', shape: [], data: Float32Array.of(value) });
}

/** @param name of an input of images */
export function addInput(builder: GraphBuilder, name: string, value: NetworkValue): AdaptedInput {
  const placeholder = (
    label: string,
    type: TensorFlowType,
    ...extents: readonly number[]
  ): SignatureValue => {
    const shape = [ANY, ...extents];
    const node = builder.add('Placeholder', [], { dtype: { type }, shape: { shape } });
    return { name: label, node, type, shape };
  };
  if (value.kind === 'latents') {
    const latents = placeholder('latents', 'float32', value.space.size);
    return { ...latents, inner: latents.node };
  }
  if (value.kind === 'classes') {
    // `class`, as in ONNX, could not be the name of a parameter in Python.
    const classes = placeholder('classes', 'int64');
    return { ...classes, inner: oneHot(builder, classes.node, value.count) };
  }
  if (value.shape.kind === 'points') {
    const points = placeholder('points', 'float32', value.shape.dimensions);
    return { ...points, inner: points.node };
  }
  const images = placeholder(name, 'uint8', ...exampleExtents(value.shape));
  const levels = builder.add('Cast', [images.node], { SrcT: { type: 'uint8' }, DstT: { type: 'float32' } });
  const scaled = builder.add('RealDiv', [levels, number(builder, 127.5)], FLOAT);
  return { ...images, inner: builder.add('Sub', [scaled, number(builder, 1)], FLOAT) };
}

function oneHot(builder: GraphBuilder, classes: string, count: number): string {
  const depth = builder.integers([count], []);
  return builder.add('OneHot', [classes, depth, number(builder, 1), number(builder, 0)], {
    ...FLOAT,
    TI: { type: 'int64' },
  });
}

/**
 * @param made the node with what the network computes
 * @param extents of a logit
 */
export function addOutputs(
  builder: GraphBuilder,
  made: string,
  makes: ExampleShape | undefined,
  extents: readonly number[],
): readonly SignatureValue[] {
  const float = (name: string, shape: readonly number[]): SignatureValue => ({
    name,
    node: builder.add('Identity', [made], FLOAT),
    type: 'float32',
    shape: [ANY, ...shape],
  });
  if (makes === undefined) return [float('logits', extents)];
  if (makes.kind === 'points') return [float('points', exampleExtents(makes))];
  const bytes =
    makes.labelMap === undefined
      ? { node: levels(builder, made), shape: exampleExtents(makes) }
      : {
          node: colours(builder, made, makes.labelMap.colours),
          shape: [makes.height, makes.width, 3],
        };
  return [
    { name: 'images', node: bytes.node, type: 'uint8', shape: [ANY, ...bytes.shape] },
    float('images_float', exampleExtents(makes)),
  ];
}

function levels(builder: GraphBuilder, made: string): string {
  const fromZero = builder.add('AddV2', [made, number(builder, 1)], FLOAT);
  const scaled = builder.add('Mul', [fromZero, number(builder, 127.5)], FLOAT);
  const rounded = builder.add('Round', [scaled], FLOAT);
  // TFLite has no operator for both.
  const positive = builder.add('Maximum', [rounded, number(builder, 0)], FLOAT);
  const clipped = builder.add('Minimum', [positive, number(builder, 255)], FLOAT);
  return builder.add('Cast', [clipped], { SrcT: { type: 'float32' }, DstT: { type: 'uint8' } });
}

/** The colour of each pixel's most likely class. */
function colours(
  builder: GraphBuilder,
  made: string,
  table: NonNullable<ImageShape['labelMap']>['colours'],
): string {
  const classes = builder.add('ArgMax', [made, builder.integers([3], [])], {
    ...FLOAT,
    Tidx: { type: 'int32' },
    output_type: { type: 'int32' },
  });
  const listed = builder.constant({
    type: 'uint8',
    shape: [table.length, 3],
    data: Uint8Array.from(table.flat()),
  });
  return builder.add('GatherV2', [listed, classes, builder.integers([0], [])], {
    Tparams: { type: 'uint8' },
    Tindices: { type: 'int32' },
    Taxis: { type: 'int32' },
  });
}
