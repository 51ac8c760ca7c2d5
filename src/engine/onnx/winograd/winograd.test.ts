import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomTensor, worstError } from '../../../../test/support/engines';
import '../../../nn/gradients';
import { Random } from '../../../random/random';
import type { HostTensors } from '../../../shared/host-tensor';
import type { Program } from '../../engine';
import { axesOf, convolutionKernels } from '../../trace/kernels/convolutions';
import { type Lowering, sharedKernels } from '../../trace/lowering';
import { directLowering, onnxLowering } from '../lowering';
import { loadNativeRuntime } from '../native-runtime';
import { OnnxEngine } from '../onnx-engine';
import { axisMatrices } from './axis-matrices';
import { winogradMatrices } from './choice';
import { winogradConvolution, winogradFilterGradient, winogradInputGradient } from './winograd';

interface ConvolutionCase {
  /** `[batch, height, width, in]` */
  readonly input: [number, number, number, number];
  /** `[height, width, in, out]` */
  readonly filter: [number, number, number, number];
  readonly stride: number;
  readonly padding: 'same' | 'valid';
  readonly size: number;
}

/** Winograd's method in tiles of this size for every convolution. */
function winogradLowering(size: number): Lowering {
  const matrices = (g: Parameters<typeof axesOf>[0]) => {
    const { y, x } = axesOf(g);
    return { y: axisMatrices(y, size), x: axisMatrices(x, size) };
  };
  return {
    ...sharedKernels,
    ...convolutionKernels({
      convolution: (graph, x, filter, g) => winogradConvolution(graph, x, filter, g, matrices(g)),
      inputGradient: (graph, dy, filter, g) => winogradInputGradient(graph, dy, filter, g, matrices(g)),
      filterGradient: (graph, x, dy, g) => winogradFilterGradient(graph, x, dy, g, matrices(g)),
    }),
  };
}

/** The convolution, both its gradients, and the gradient of the squared gradient, as a gradient penalty takes it. */
function programOf({ input, filter, stride, padding }: ConvolutionCase): Program {
  return {
    name: 'convolution',
    reads: [],
    writes: [],
    inputs: {
      x: { shape: input, dtype: 'float32' },
      filter: { shape: filter, dtype: 'float32' },
    },
    build(_state, { x, filter: weights }) {
      if (x === undefined || weights === undefined) throw new Error('an input is missing');
      const convolve = (image: tf.Tensor, kernel: tf.Tensor): tf.Tensor =>
        tf.conv2d(
          tf.reshape<tf.Rank.R4>(image, input),
          tf.reshape<tf.Rank.R4>(kernel, filter),
          stride,
          padding,
        );
      const loss = (image: tf.Tensor, kernel: tf.Tensor): tf.Scalar =>
        tf.sum(tf.square(convolve(image, kernel)));
      const penalty = (image: tf.Tensor): tf.Scalar =>
        tf.sum(tf.square(tf.grad((varied: tf.Tensor) => loss(varied, weights))(image)));
      const [alongX, alongFilter] = tf.grads(loss)([x, weights]);
      if (alongX === undefined || alongFilter === undefined) throw new Error('a gradient is missing');
      return {
        state: {},
        outputs: {
          output: convolve(x, weights),
          alongX,
          alongFilter,
          ofPenalty: tf.grad(penalty)(x),
        },
      };
    },
  };
}

async function run(program: Program, lowering: Lowering): Promise<HostTensors> {
  const random = Random.seeded(1, program.name);
  const inputs = Object.fromEntries(
    Object.entries(program.inputs).map(([name, spec]) => [name, randomTensor(spec, random)]),
  );
  const info = { name: 'onnx', version: 'test', threads: 1 } as const;
  const engine = new OnnxEngine(await loadNativeRuntime(), info, { lowering });
  try {
    await engine.compile(program);
    return await engine.run(program.name, inputs);
  } finally {
    await engine.dispose();
  }
}

const cases: readonly ConvolutionCase[] = [
  { input: [3, 7, 7, 8], filter: [5, 5, 8, 6], stride: 1, padding: 'same', size: 4 },
  { input: [3, 14, 14, 8], filter: [5, 5, 8, 6], stride: 2, padding: 'same', size: 4 },
  { input: [3, 15, 13, 5], filter: [4, 4, 5, 7], stride: 2, padding: 'same', size: 2 },
  { input: [2, 9, 12, 4], filter: [3, 5, 4, 3], stride: 1, padding: 'valid', size: 3 },
  { input: [2, 11, 11, 4], filter: [4, 3, 4, 3], stride: 3, padding: 'valid', size: 2 },
  { input: [2, 8, 8, 4], filter: [3, 3, 4, 3], stride: 1, padding: 'same', size: 6 },
  { input: [2, 8, 8, 4], filter: [1, 1, 4, 3], stride: 2, padding: 'same', size: 2 },
];

describe("Winograd's method", () => {
  it.each(cases)('$input with $filter, stride $stride, $padding, in tiles of $size', async (convolution) => {
    const program = programOf(convolution);
    const expected = await run(program, directLowering);
    const { error, name } = worstError(await run(program, winogradLowering(convolution.size)), expected);
    expect(error, name).toBeLessThan(2e-5);
  });

  it('computes a large batch in parts', async () => {
    const program = programOf({
      input: [48, 32, 32, 16],
      filter: [4, 4, 16, 64],
      stride: 2,
      padding: 'same',
      size: 4,
    });
    const expected = await run(program, directLowering);
    const { error, name } = worstError(await run(program, winogradLowering(4)), expected);
    expect(error, name).toBeLessThan(2e-5);
  });
});

describe('the choice of a method', () => {
  const tiles = (
    input: [number, number, number, number],
    filter: [number, number, number, number],
    stride: number,
    dilation = 1,
  ): readonly number[] | undefined => {
    const geometry = tf.backend_util.computeConv2DInfo(
      input,
      filter,
      stride,
      dilation,
      'same',
      undefined,
      false,
      'channelsLast',
    );
    const matrices = winogradMatrices(geometry);
    return matrices && [matrices.y.tiles, matrices.x.tiles];
  };

  it('is Winograd for wide layers of a batch', () => {
    expect(tiles([64, 7, 7, 128], [5, 5, 128, 128], 1)).toEqual([2, 2]);
    expect(tiles([64, 14, 14, 64], [5, 5, 64, 128], 2)).toEqual([2, 2]);
    expect(tiles([64, 16, 16, 128], [4, 4, 128, 256], 2)).toEqual([2, 2]);
  });

  it('is direct for few channels, few examples, single pixels and dilated filters', () => {
    expect(tiles([64, 28, 28, 1], [5, 5, 1, 64], 2)).toBeUndefined();
    expect(tiles([64, 28, 28, 64], [5, 5, 64, 8], 1)).toBeUndefined();
    expect(tiles([1, 7, 7, 128], [5, 5, 128, 128], 1)).toBeUndefined();
    expect(tiles([64, 16, 16, 128], [1, 1, 128, 128], 1)).toBeUndefined();
    expect(tiles([64, 16, 16, 128], [3, 3, 128, 128], 1, 2)).toBeUndefined();
  });

  it('is the one that the engine makes', async () => {
    const convolution = {
      input: [16, 7, 7, 64],
      filter: [5, 5, 64, 64],
      stride: 1,
      padding: 'same',
      size: 4,
    } as const;
    const program = programOf({
      ...convolution,
      input: [...convolution.input],
      filter: [...convolution.filter],
    });
    expect(tiles([16, 7, 7, 64], [5, 5, 64, 64], 1)).toEqual([2, 2]);
    expect(await run(program, onnxLowering)).toEqual(await run(program, winogradLowering(4)));
  });
});
