/**
 * Receptive fields: how many pixels of the image, along each side, an output of a layer can depend on. The statistics
 * of normalisation, by which every output depends a little on everything, are left out, as is usual (Isola et al. 2017,
 * appendix 6.2, for the "70×70 PatchGAN").
 */
import type { GraphNode, GraphValue } from '../engine/trace/graph';

/** Sides in pixels, and the distance of neighbouring outputs; `all` once everything is joined. */
export type Field = { readonly size: number; readonly jump: number } | 'all';

const POINTWISE = new Set([
  ...[
    'Abs',
    'Add',
    'Cast',
    'Clip',
    'Div',
    'Elu',
    'Equal',
    'Erf',
    'Exp',
    'Greater',
    'GreaterOrEqual',
    'LeakyRelu',
  ],
  ...[
    'Less',
    'LessOrEqual',
    'Log',
    'Max',
    'Min',
    'Mul',
    'Neg',
    'Pow',
    'Reciprocal',
    'Relu',
    'Sigmoid',
    'Sign',
  ],
  ...['Softplus', 'Sqrt', 'Sub', 'Tanh', 'Where', 'Concat', 'Expand'],
]);

/** Fields of values that depend on an image, by their number; those that cannot be told are missing. */
export function receptiveFields(nodes: readonly GraphNode[], image: GraphValue): ReadonlyMap<number, Field> {
  const fields = new Map<number, Field>([[image.id, { size: 1, jump: 1 }]]);
  for (const node of nodes) {
    const field = fieldOf(node, fields);
    if (field !== undefined) for (const output of node.outputs) fields.set(output.id, field);
  }
  return fields;
}

function fieldOf(node: GraphNode, fields: ReadonlyMap<number, Field>): Field | undefined {
  const [first, second] = node.inputs;
  const field = first === undefined ? undefined : fields.get(first.id);
  if (node.op === 'Conv2D') return field && convolved(field, second?.shape ?? [], node);
  if (node.op === 'Conv2DBackpropInput') return field && transposed(field, second?.shape ?? [], node);
  if (node.op === 'Reshape')
    return field && reshaped(field, first?.shape ?? [], node.outputs[0]?.shape ?? []);
  if (node.op === 'MatMul' || node.op === 'Gemm') return field && 'all';
  if (!POINTWISE.has(node.op)) return undefined;
  const joined = node.inputs.flatMap((input) => {
    if (input === undefined || isSpread(input, node.outputs[0])) return [];
    return fields.get(input.id) ?? [];
  });
  if (joined.length === 0) return undefined;
  return joined.reduce((a, b) => (a === 'all' || b === 'all' ? 'all' : a.size >= b.size ? a : b));
}

function convolved(field: Field, [taps = 1]: readonly number[], { attributes }: GraphNode): Field {
  if (field === 'all') return 'all';
  const [stride, dilation] = [firstOf(attributes.strides), firstOf(attributes.dilations)];
  return { size: field.size + (taps - 1) * dilation * field.jump, jump: field.jump * stride };
}

/** Each output pixel is a sum over every stride-th tap. */
function transposed(field: Field, [taps = 1]: readonly number[], { attributes }: GraphNode): Field {
  if (field === 'all') return 'all';
  const stride = firstOf(attributes.strides);
  return { size: field.size + (Math.ceil(taps / stride) - 1) * field.jump, jump: field.jump / stride };
}

function firstOf(attribute: unknown): number {
  return Array.isArray(attribute) ? Number(attribute[0]) : 1;
}

/** Only flattening keeps track of pixels. */
function reshaped(field: Field, from: readonly number[], to: readonly number[]): Field | undefined {
  if (field === 'all' || to.length === 2) return field;
  return from.slice(0, 3).join() === to.slice(0, 3).join() ? field : undefined;
}

/** Whether an input is the same for all pixels of an output that has several, as a statistic is. */
function isSpread({ shape }: GraphValue, output: GraphValue | undefined): boolean {
  const [, height = 1, width = 1] = output?.shape ?? [];
  if (output?.shape.length !== 4 || height * width === 1) return false;
  return shape.length < 4 || (shape[1] === 1 && shape[2] === 1);
}
