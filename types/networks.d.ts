/**
 * Types for networks of your own, which an experiment names by `{ "module": "./nets.mjs", "export": "generator" }`.
 * A function gets everything by its arguments and imports nothing of GAN Workbench but these types:
 *
 *     // @ts-check
 *     /** @type {import('gan-workbench/types/networks').UserNetwork} *\/
 *     export function generator(scope, latents, { tf, layers, example }) { … }
 */
import type * as tfjs from '@tensorflow/tfjs-core';

type Tensor = tfjs.Tensor;

/** How the values of a parameter begin. */
export interface Initialiser {
  readonly name: string;
  fill(values: Float32Array, shape: readonly number[], random: Random): void;
}

export interface Random {
  fillNormal(values: Float32Array, standardDeviation?: number): Float32Array;
  fillUniform(values: Float32Array, low: number, high: number): Float32Array;
}

export interface Scope {
  /** When sampling, a network must give the same image for the same latents. */
  readonly mode: 'train' | 'sample';
  readonly path: string;
  /** One-hot classes `[batch, classes]`, where the experiment is conditional. */
  readonly labels: Tensor | undefined;
  /** A trained parameter. Names must differ within a layer. */
  parameter(name: string, shape: readonly number[], initialiser: Initialiser): Tensor;
  /** A value that is kept but not trained, such as a running mean. */
  statistic(name: string, shape: readonly number[], initialiser: Initialiser): Tensor;
  updateStatistic(name: string, value: Tensor): void;
  /** New random numbers at each step; only where `mode` is `train`. */
  random(name: string, shape: readonly number[], distribution: 'uniform' | 'normal'): Tensor;
  /** Makes a value known to losses: `hidden1`, `hidden2`, …, and `features` `[batch, units]` of a discriminator. */
  tap(name: string, value: Tensor): void;
  layer<Result>(name: string, body: (scope: Scope) => Result): Result;
}

export interface DenseOptions {
  readonly units: number;
  readonly useBias?: boolean;
  readonly initialiser?: Initialiser;
}

export interface ConvolutionOptions {
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides?: number;
  readonly useBias?: boolean;
  readonly initialiser?: Initialiser;
}

export interface GroupedConvolutionOptions extends Omit<ConvolutionOptions, 'strides'> {
  readonly groups: number;
}

export interface EqualisedDenseOptions {
  readonly units: number;
  readonly useBias?: boolean;
  readonly bias?: number;
  readonly learningRateFactor?: number;
}

export interface EqualisedConvolutionOptions {
  readonly filters: number;
  readonly kernelSize: 1 | 3;
  readonly useBias?: boolean;
  readonly halves?: boolean;
}

export interface ModulatedConvolutionOptions {
  readonly filters: number;
  readonly kernelSize: 1 | 3;
  readonly demodulates?: boolean;
  readonly doubles?: boolean;
}

export type Normalisation = 'batch' | 'instance' | 'layer' | 'pixel' | 'none';

/** Images are `[batch, height, width, channels]`. */
export interface Layers {
  dense(scope: Scope, name: string, x: Tensor, options: DenseOptions): Tensor;
  flatten(x: Tensor): Tensor;
  conv2d(
    scope: Scope,
    name: string,
    x: Tensor,
    options: ConvolutionOptions & { readonly padding?: 'same' | 'valid' },
  ): Tensor;
  convTranspose2d(scope: Scope, name: string, x: Tensor, options: ConvolutionOptions): Tensor;
  /** Convolves each group of channels by itself. */
  groupedConv2d(scope: Scope, name: string, x: Tensor, options: GroupedConvolutionOptions): Tensor;
  /** Repeats each pixel, then convolves. */
  upsampleConv(scope: Scope, name: string, x: Tensor, options: Omit<ConvolutionOptions, 'strides'>): Tensor;
  /** Convolves, then takes the mean of 2×2 pixels. */
  convMeanPool(scope: Scope, name: string, x: Tensor, options: Omit<ConvolutionOptions, 'strides'>): Tensor;
  upsampleNearest(x: Tensor): Tensor;
  averagePool(x: Tensor): Tensor;
  /** Reduces blocks of `size` × `size` pixels; the maximum can be differentiated twice, unlike `tf.maxPool`. */
  pool2d(x: Tensor, size: number, by: 'mean' | 'max'): Tensor;
  /** Resample by 2 with the filter [1, 2, 1] along each axis. */
  upsampleBinomial(x: Tensor): Tensor;
  downsampleBinomial(x: Tensor): Tensor;
  /** Resample by 2 with the filter [1, 3, 3, 1] along each axis. */
  upsampleFir(x: Tensor): Tensor;
  downsampleFir(x: Tensor): Tensor;
  /** The layers of StyleGAN2. */
  equalisedDense(scope: Scope, name: string, x: Tensor, options: EqualisedDenseOptions): Tensor;
  equalisedConv2d(scope: Scope, name: string, x: Tensor, options: EqualisedConvolutionOptions): Tensor;
  /** The style is `[batch, channels of x]`. */
  modulatedConv2d(
    scope: Scope,
    name: string,
    x: Tensor,
    style: Tensor,
    options: ModulatedConvolutionOptions,
  ): Tensor;
  addNoise(scope: Scope, name: string, x: Tensor): Tensor;
  depthToSpace(x: Tensor, factor: number): Tensor;
  enlargeBicubic(x: Tensor, height: number, width: number): Tensor;
  norm(scope: Scope, name: string, x: Tensor, kind: Normalisation): Tensor;
  batchNorm(scope: Scope, name: string, x: Tensor): Tensor;
  instanceNorm(scope: Scope, name: string, x: Tensor): Tensor;
  layerNorm(scope: Scope, name: string, x: Tensor): Tensor;
  pixelNorm(x: Tensor): Tensor;
  /** Can be differentiated twice, unlike those of TensorFlow.js: use them where there is a gradient penalty. */
  relu(x: Tensor): Tensor;
  leakyRelu(x: Tensor, alpha?: number): Tensor;
  /** Leaky ReLU with a slope of 0.2, times √2. */
  scaledLeakyRelu(x: Tensor): Tensor;
  prelu(scope: Scope, name: string, x: Tensor): Tensor;
  dropout(scope: Scope, name: string, x: Tensor, rate: number): Tensor;
  selfAttention(scope: Scope, name: string, x: Tensor): Tensor;
}

export interface Initialisers {
  readonly zeros: Initialiser;
  readonly ones: Initialiser;
  readonly glorotUniform: Initialiser;
  readonly heNormal: Initialiser;
  fanInNormal(gain: number): Initialiser;
  readonly orthogonal: Initialiser;
  constantOf(value: number): Initialiser;
  normalOf(standardDeviation: number, mean?: number): Initialiser;
  glorotWithGain(gain: number): Initialiser;
}

export interface ImageShape {
  readonly kind: 'image';
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface UserNetworkContext {
  readonly tf: typeof tfjs;
  readonly layers: Layers;
  readonly initialisers: Initialisers;
  /** What the generator makes and the discriminator judges. */
  readonly example: ImageShape | { readonly kind: 'points'; readonly dimensions: number };
  readonly latentSize: number;
  /** The image given, where the data gives one. */
  readonly input?: ImageShape;
}

/**
 * A generator: `[batch, latentSize]`, or the image given, to `[batch, height, width, channels]` in [-1, 1].
 * A discriminator: such an image to a logit `[batch, 1]`. It is called more than once, and must ask for the same
 * parameters each time.
 */
export type UserNetwork = (scope: Scope, input: Tensor, context: UserNetworkContext) => Tensor;
