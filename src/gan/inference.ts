/** The networks of a game as they are used after training, with names for what goes in and comes out. */
import { type ExampleShape, exampleExtents, type ImageShape } from '../shared/example-shape';
import type { TensorSpec } from '../shared/host-tensor';
import type { LatentSpace } from '../shared/latent-space';
import type { InferenceNetwork, NetworkValue } from '../training/task';
import { logitProgram, SAMPLE_INPUTS, sampleProgram, type Viewed } from './programs';
import type { Player } from './step/player';

interface Described {
  readonly player: Player;
  /** Every leaf of the state. */
  readonly leaves: Readonly<Record<string, TensorSpec>>;
  readonly classes: number;
}

export interface DescribedGenerator extends Described {
  readonly from: ImageShape | LatentSpace;
  readonly to: ExampleShape;
  readonly isAveraged: boolean;
}

export function generatorNetwork(
  name: 'generator' | 'generatorBack',
  { player, leaves, classes, from, to, isAveraged }: DescribedGenerator,
): InferenceNetwork {
  const source: NetworkValue =
    'kind' in from ? { kind: 'examples', shape: from } : { kind: 'latents', space: from };
  const viewed: Viewed = {
    player,
    leaves,
    classes,
    input: 'kind' in from ? exampleExtents(from) : [from.size],
  };
  return {
    name,
    isAveraged,
    inputs: { [SAMPLE_INPUTS.source]: source, ...classInput(classes) },
    makes: to,
    program: (batch, weights) => sampleProgram(name, viewed, { averaged: weights === 'averaged', batch }),
  };
}

export interface DescribedDiscriminator extends Described {
  readonly judges: ExampleShape;
  /** The input images that it sees beside the examples. */
  readonly given?: ImageShape | undefined;
}

export function discriminatorNetwork(
  name: 'discriminator' | 'discriminatorBack',
  { player, leaves, classes, judges, given }: DescribedDiscriminator,
): InferenceNetwork {
  const viewed: Viewed = { player, leaves, classes, input: exampleExtents(judges) };
  const extents = given === undefined ? undefined : exampleExtents(given);
  return {
    name,
    isAveraged: false,
    inputs: {
      [SAMPLE_INPUTS.examples]: { kind: 'examples', shape: judges },
      ...(given === undefined ? {} : { [SAMPLE_INPUTS.given]: { kind: 'examples', shape: given } }),
      ...classInput(classes),
    },
    makes: undefined,
    program: (batch) => logitProgram(name, viewed, { batch, given: extents }),
  };
}

function classInput(classes: number): Readonly<Record<string, NetworkValue>> {
  return classes === 0 ? {} : { [SAMPLE_INPUTS.labels]: { kind: 'classes', count: classes } };
}
