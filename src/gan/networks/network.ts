/** What a registered network is. A new one is a file in this folder and a line in `registry.ts`. */
import type * as z from 'zod';
import type { Network } from '../../nn/scope';
import type { ExampleShape, ImageShape } from '../../shared/example-shape';
import type { LocalizableText } from '../../shared/localizable-text';

export interface NetworkContext {
  /** What the generator makes and the discriminator judges. */
  readonly example: ExampleShape;
  readonly latentSize: number;
  /** The images that are given, where the generator translates images rather than making them from latents. */
  readonly input?: ImageShape;
  /** Modules of a person's own, loaded; there where a network of the config is in one. */
  readonly modules?: UserModules;
}

/** Functions in modules, as the config names them. */
export interface UserModules {
  /** Throws an error for a person to read where the module has no such function. */
  network(module: string, name: string, context: NetworkContext): Network;
}

/** Why a network cannot be used: a clause, and the option to blame where it is not the network as a whole. */
export interface UnsuitableReason extends LocalizableText {
  readonly at?: readonly (string | number)[];
}

export interface NetworkDefinition<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly role: 'generator' | 'discriminator';
  readonly title: string;
  readonly description: string;
  /** Citation with section, or undefined where it is our own. */
  readonly paper?: string;
  /** Strict zod object of its sizes, without the discriminating key `network`. */
  readonly options: Options;
  /** Generators: what they start from; `either`: from the image where the data gives one. Latents where not said. */
  readonly startsFrom?: 'latents' | 'image' | 'either';
  /**
   * Generators: whether the class can be told to their normalisation layers, because they have some with a scale; where
   * it is not said, building tells.
   */
  normalises?(options: z.output<Options>): boolean;
  /** Discriminators: whether an example's logit depends on the other examples of its batch, as batch norm makes it. */
  mixesExamples?(options: z.output<Options>): boolean;
  /** Discriminators: set where there is one logit for each patch, `[batch, rows, columns, 1]`, not one for the image. */
  readonly judgesPatches?: true;
  /** Why this network cannot be used for such examples with such options, as a sentence, or undefined if it can. */
  unsuitable(options: z.output<Options>, context: NetworkContext): UnsuitableReason | undefined;
  /**
   * Generator: latent `[batch, latentSize]` -> `[batch, height, width, channels]` in [-1, 1] (points: `[batch, dimensions]`).
   * Where it starts from an image: `[batch, …input]` -> `[batch, height, width, channels]`.
   * Discriminator: example -> logits `[batch, 1]`, or of patches `[batch, rows, columns, 1]`; where images are given
   * and the discriminator sees them, they are further channels of its input. It taps each hidden activation as
   * `hidden1`, `hidden2`, … and, unless it judges patches, what its last layer sees as `features`, `[batch, units]`.
   */
  build(options: z.output<Options>, context: NetworkContext): Network;
}

/** Keeps the link between a definition's options and the functions that take them. */
export function defineNetwork<Options extends z.ZodObject>(
  definition: NetworkDefinition<Options>,
): NetworkDefinition<Options> {
  return definition;
}
