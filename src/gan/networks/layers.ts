/** Networks that a config defines layer by layer, without code. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { declareNetwork } from '../../nn/parameters';
import type { Network } from '../../nn/scope';
import { explained } from '../../shared/choice';
import { describeError, WorkbenchError } from '../../shared/errors';
import { exampleExtents } from '../../shared/example-shape';
import { type LocalizableText, localizable, verbatim } from '../../shared/localizable-text';
import type { ListedLayer } from './listed/layer';
import { listedLayers } from './listed/registry';
import { defineNetwork, type NetworkContext, type UnsuitableReason } from './network';

/** Batch size for shape checks, distinguishable from the sizes in a config. */
const BATCH = 2;

function entryOf({ name, title, description, options }: ListedLayer) {
  const kind = explained([{ value: name, title, description }]);
  const tag = z.literal(name).meta({ description: 'Kind of layer.', ...kind });
  return z.strictObject({ layer: tag, ...options.shape }).describe(description);
}

function layerEntry() {
  const [first, ...rest] = listedLayers.map(entryOf);
  if (first === undefined) throw new RangeError('no layers are registered');
  return z.discriminatedUnion('layer', [first, ...rest]);
}

const layers = z
  .array(layerEntry())
  .min(1)
  .max(200)
  .describe('Layers from input to output, each an object with "layer" and its options.');

type Entry = z.output<typeof layers>[number];

interface BoundLayer {
  readonly index: number;
  /** Position in the config: `layers[2] ("conv")`. */
  readonly place: string;
  /** Prefix of its parameters: `3-conv`. */
  readonly name: string;
  readonly layer: ListedLayer;
  readonly options: Record<string, unknown>;
}

function bind(entry: Entry, index: number): BoundLayer {
  const layer = listedLayers.find(({ name }) => name === entry.layer);
  if (layer === undefined) throw new RangeError(`no layer is called ${entry.layer}`);
  const own = Object.entries(entry).filter(([key]) => key !== 'layer');
  return {
    index,
    place: `layers[${index}] ("${entry.layer}")`,
    name: `${index + 1}-${entry.layer}`,
    layer,
    options: layer.options.parse(Object.fromEntries(own)),
  };
}

/** Formats a shape: `[batch, 7, 7, 128]`. */
function shapeText([, ...extents]: readonly number[]): string {
  return `[${['batch', ...extents].join(', ')}]`;
}

const NEEDED = {
  vectors: {
    rank: 2,
    text: localizable('vectors [batch, values]; insert "flatten" or "global-pool" before it'),
  },
  images: {
    rank: 4,
    text: localizable('images [batch, height, width, channels]; insert "reshape" before it'),
  },
} as const;

/** An error in one layer of the list. */
class LayerError extends WorkbenchError {
  readonly reason: LocalizableText;
  readonly index: number;

  constructor(reason: LocalizableText, { index }: BoundLayer, cause?: unknown) {
    const remedy = localizable('Change the list of layers.');
    super(reason, remedy, { cause });
    this.reason = reason;
    this.index = index;
  }
}

function applyLayer(bound: BoundLayer, x: Tensor, scope: Parameters<Network>[0]): Tensor {
  const { place, layer, name, options } = bound;
  const given = shapeText(x.shape);
  const needed = layer.takes === 'anything' ? undefined : NEEDED[layer.takes];
  if (needed !== undefined && x.rank !== needed.rank)
    throw new LayerError(localizable('{0} receives {1} but expects {2}', place, given, needed.text), bound);
  try {
    return layer.apply(scope, name, x, options);
  } catch (error) {
    throw new LayerError(
      localizable('{0} receives {1}: {2}', place, given, describeError(error)),
      bound,
      error,
    );
  }
}

function networkOf(entries: readonly Entry[]): Network {
  const bound = entries.map(bind);
  return (scope, input) => {
    let x = input;
    let hidden = 0;
    bound.forEach((each, i) => {
      const isLast = i === bound.length - 1;
      if (isLast && x.rank === 2) scope.tap('features', x);
      x = applyLayer(each, x, scope);
      if (each.layer.name === 'activation' && !isLast) scope.tap(`hidden${++hidden}`, x);
    });
    return x;
  };
}

/** Returns what is wrong with the list, found by tracing it on shapes; undefined if nothing is. */
function misfit(
  entries: readonly Entry[],
  input: readonly number[],
  output: readonly number[],
): UnsuitableReason | undefined {
  try {
    const { outputShape } = declareNetwork(networkOf(entries), 'network', [BATCH, ...input]);
    if (outputShape.join() === [BATCH, ...output].join()) return undefined;
    const [given, needed] = [shapeText(outputShape), shapeText([BATCH, ...output])];
    const reason = localizable('the last layer outputs {0}, but {1} is required', given, needed);
    return { ...reason, at: ['layers', entries.length - 1] };
  } catch (error) {
    if (error instanceof LayerError) return { ...error.reason, at: ['layers', error.index] };
    return { ...verbatim(describeError(error)), at: ['layers'] };
  }
}

const TITLE = 'Layer list';
const DESCRIPTION = 'A network defined layer by layer in the experiment.';
const options = z.strictObject({ layers });

function generatorInput({ input, latentSize }: NetworkContext): readonly number[] {
  return input === undefined ? [latentSize] : exampleExtents(input);
}

/** Generator: latents or the input image, `[batch, …] -> [batch, …example]`. */
export const layersGenerator = defineNetwork({
  name: 'layers',
  role: 'generator',
  title: TITLE,
  description: `${DESCRIPTION} Its input is the latent vector, or the input image where the data has one.`,
  options,
  startsFrom: 'either',
  unsuitable: ({ layers: entries }, context) =>
    misfit(entries, generatorInput(context), exampleExtents(context.example)),
  build: ({ layers: entries }) => networkOf(entries),
});

/** Discriminator: `[batch, …example] -> [batch, 1]` logits. */
export const layersDiscriminator = defineNetwork({
  name: 'layers',
  role: 'discriminator',
  title: TITLE,
  description: `${DESCRIPTION} Its last layer outputs the logit, without an activation.`,
  options,
  mixesExamples: ({ layers: entries }) =>
    entries
      .map(bind)
      .some(
        ({ layer: { name }, options: { by } }) =>
          name === 'minibatch-stddev' || name === 'batch-norm' || (name === 'norm' && by === 'batch'),
      ),
  unsuitable: ({ layers: entries }, { example }) => misfit(entries, exampleExtents(example), [1]),
  build: ({ layers: entries }) => networkOf(entries),
});
