/**
 * What people put into an exported model and get out of it: classes as numbers and images as bytes outside, one-hot
 * classes and numbers from -1 to 1 inside.
 */
import type { OnnxConstant, OnnxNode, OnnxValue } from '../../engine/onnx/protobuf';
import { type ExampleShape, exampleExtents, type ImageShape } from '../../shared/example-shape';
import type { NetworkValue } from '../../training/task';

const BATCH = 'batch';

/** ONNX's numbers of element types. */
const FLOAT = 1;
const UINT8 = 2;

export interface Adapter {
  readonly values: readonly OnnxValue[];
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
}

export interface AdaptedInput extends Adapter {
  /** Name of the value that the network takes. */
  readonly inner: string;
}

const scalar = (name: string, value: number): OnnxConstant => ({
  name,
  type: 'float32',
  shape: [],
  data: Float32Array.of(value),
});

const HALF_RANGE = scalar('half_range', 127.5);
const ONE = scalar('one', 1);

/** @param name of the input, unless its kind determines it */
export function adaptInput(name: string, value: NetworkValue): AdaptedInput {
  switch (value.kind) {
    case 'latents':
      return plainInput('latents', [value.space.size]);
    case 'classes':
      return classInput(value.count);
    case 'examples':
      return value.shape.kind === 'image'
        ? imageInput(name, value.shape)
        : plainInput('points', [value.shape.dimensions]);
  }
}

function plainInput(name: string, extents: readonly number[]): AdaptedInput {
  return {
    values: [{ name, type: 'float32', shape: [BATCH, ...extents] }],
    nodes: [],
    constants: [],
    inner: name,
  };
}

function classInput(count: number): AdaptedInput {
  return {
    values: [{ name: 'class', type: 'int64', shape: [BATCH] }],
    nodes: [
      { op: 'Unsqueeze', inputs: ['class', 'last_axis'], outputs: ['class_column'] },
      { op: 'Equal', inputs: ['class_column', 'all_classes'], outputs: ['is_class'] },
      { op: 'Cast', inputs: ['is_class'], outputs: ['class_one_hot'], attributes: { to: FLOAT } },
    ],
    constants: [
      { name: 'last_axis', type: 'int64', shape: [1], data: BigInt64Array.of(-1n) },
      {
        name: 'all_classes',
        type: 'int64',
        shape: [count],
        data: BigInt64Array.from({ length: count }, (_, i) => BigInt(i)),
      },
    ],
    inner: 'class_one_hot',
  };
}

function imageInput(name: string, { height, width, channels }: ImageShape): AdaptedInput {
  const [float, scaled, inner] = [`${name}_levels`, `${name}_scaled`, `${name}_float`];
  return {
    values: [{ name, type: 'uint8', shape: [BATCH, height, width, channels] }],
    nodes: [
      { op: 'Cast', inputs: [name], outputs: [float], attributes: { to: FLOAT } },
      { op: 'Div', inputs: [float, HALF_RANGE.name], outputs: [scaled] },
      { op: 'Sub', inputs: [scaled, ONE.name], outputs: [inner] },
    ],
    constants: [HALF_RANGE, ONE],
    inner,
  };
}

/** @param made name of the value that the network computes */
export function adaptOutput(
  made: string,
  makes: ExampleShape | undefined,
  logits: readonly number[],
): Adapter {
  if (makes === undefined) return plainOutput(made, 'logits', logits);
  if (makes.kind === 'points') return plainOutput(made, 'points', exampleExtents(makes));
  const float = plainOutput(made, 'images_float', exampleExtents(makes));
  const bytes = makes.labelMap === undefined ? levels(makes) : colours(makes, makes.labelMap.colours);
  return {
    values: [...bytes.values, ...float.values],
    nodes: [...float.nodes, ...bytes.nodes],
    constants: bytes.constants,
  };
}

function plainOutput(made: string, name: string, extents: readonly number[]): Adapter {
  return {
    values: [{ name, type: 'float32', shape: [BATCH, ...extents] }],
    nodes: [{ op: 'Identity', inputs: [made], outputs: [name] }],
    constants: [],
  };
}

function levels({ height, width, channels }: ImageShape): Adapter {
  return {
    values: [{ name: 'images', type: 'uint8', shape: [BATCH, height, width, channels] }],
    nodes: [
      { op: 'Add', inputs: ['images_float', ONE.name], outputs: ['images_from_zero'] },
      { op: 'Mul', inputs: ['images_from_zero', HALF_RANGE.name], outputs: ['images_levels'] },
      { op: 'Round', inputs: ['images_levels'], outputs: ['images_rounded'] },
      { op: 'Clip', inputs: ['images_rounded', 'level_0', 'level_255'], outputs: ['images_clipped'] },
      { op: 'Cast', inputs: ['images_clipped'], outputs: ['images'], attributes: { to: UINT8 } },
    ],
    constants: [HALF_RANGE, ONE, scalar('level_0', 0), scalar('level_255', 255)],
  };
}

/** The colour of each pixel's most likely class. */
function colours({ height, width }: ImageShape, table: readonly (readonly number[])[]): Adapter {
  return {
    values: [{ name: 'images', type: 'uint8', shape: [BATCH, height, width, 3] }],
    nodes: [
      {
        op: 'ArgMax',
        inputs: ['images_float'],
        outputs: ['pixel_classes'],
        attributes: { axis: 3, keepdims: 0 },
      },
      { op: 'Gather', inputs: ['class_colours', 'pixel_classes'], outputs: ['images'] },
    ],
    constants: [
      { name: 'class_colours', type: 'uint8', shape: [table.length, 3], data: Uint8Array.from(table.flat()) },
    ],
  };
}
