/** A registered network. To add one, create a file in this folder and list it in `registry.ts`. */
import type * as z from 'zod';
import type { Network } from '../../nn/scope';
import type { ExampleShape, ImageShape } from '../../shared/example-shape';
import type { LatentSpace } from '../../shared/latent-space';
import type { LocalizableText } from '../../shared/localizable-text';

export interface NetworkContext {
  /** Shape that the generator outputs and the discriminator judges. */
  readonly example: ExampleShape;
  readonly latentSize: number;
  /** Distribution of the latents, for networks that draw some themselves; normal by default. */
  readonly latentPrior?: LatentSpace['prior'];
  /** Shape of the input images, where the generator translates images rather than starting from latents. */
  readonly input?: ImageShape;
  /** Loaded user modules; set if the config names a network in one. */
  readonly modules?: UserModules;
}

/** Functions in user modules, as the config names them. */
export interface UserModules {
  /** Throws an error with a message for the user if the module has no such function. */
  network(module: string, name: string, context: NetworkContext): Network;
}

/** Why a network cannot be used: a clause, and the option at fault where it is not the network as a whole. */
export interface UnsuitableReason extends LocalizableText {
  readonly at?: readonly (string | number)[];
}

export interface NetworkDefinition<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly role: 'generator' | 'discriminator';
  readonly title: string;
  readonly description: string;
  /** Citation with section, or undefined for an original design. */
  readonly paper?: string;
  /** Strict zod object of its sizes, without the discriminating key `network`. */
  readonly options: Options;
  /** Generators: their input; `either` is the image where the data has one, otherwise latents. Defaults to latents. */
  readonly startsFrom?: 'latents' | 'image' | 'either';
  /**
   * Generators: whether their normalisation layers can be class-conditional, because some of them have a scale. Where
   * this is not defined, building the network determines it.
   */
  normalises?(options: z.output<Options>): boolean;
  /** Generators: set if they expose `styles`, `[batch, layers, size]`: the intermediate latent of each layer. */
  readonly hasStyles?: true;
  /** Discriminators: whether an example's logit depends on the other examples of its batch, as with batch norm. */
  mixesExamples?(options: z.output<Options>): boolean;
  /** Discriminators: set if there is one logit per patch, `[batch, rows, columns, 1]`, rather than one per image. */
  readonly judgesPatches?: true;
  /**
   * Returns why this network cannot be used for such examples with these options, as a sentence; undefined if it can.
   */
  unsuitable(options: z.output<Options>, context: NetworkContext): UnsuitableReason | undefined;
  /**
   * Generator: latent `[batch, latentSize]` -> `[batch, height, width, channels]` in [-1, 1] (points: `[batch,
   * dimensions]`). Where it starts from an image: `[batch, …input]` -> `[batch, height, width, channels]`.
   * Discriminator: example -> logits `[batch, 1]`, or `[batch, rows, columns, 1]` for patches; input images that it
   * sees are additional channels of its input. It taps each hidden activation as `hidden1`, `hidden2`, … and, unless it
   * judges patches, the input of its last layer as `features`, `[batch, units]`.
   */
  build(options: z.output<Options>, context: NetworkContext): Network;
}

/** Identity function that ties a definition's options type to the functions that take them. */
export function defineNetwork<Options extends z.ZodObject>(
  definition: NetworkDefinition<Options>,
): NetworkDefinition<Options> {
  return definition;
}
