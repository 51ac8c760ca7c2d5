/**
 * Applies the generator of an image-to-image run to images of any size: it translates overlapping tiles of the size that
 * it was trained on, which are then blended.
 */
import type { Engine, Program } from '../engine/engine';
import { SAMPLE_INPUTS } from '../gan/programs';
import type { OpenedGenerator } from '../session/stored-run';
import { WorkbenchError } from '../shared/errors';
import type { ImageShape } from '../shared/example-shape';
import { float32 } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import type { InferenceNetwork } from '../training/task';
import { type AxisTiles, cutTile, TiledImage, tilesAlong } from './tiles';

/** The run has no generator that translates images. */
export class TranslationError extends WorkbenchError {}

export interface TranslatorOptions {
  /** The way back, of runs that learn both directions. */
  readonly isBack: boolean;
  /** Uses the weights of the step instead of their running average. */
  readonly isRaw: boolean;
}

export interface ImageValues {
  readonly height: number;
  readonly width: number;
  /** `[height, width, channels]` in [-1, 1] */
  readonly values: Float32Array;
}

const FLOAT_BYTES = 4;
/** Channels of a picture, at most. */
const COLOURS = 4;

/** Pixels that a call of the generator takes at most, unless a single tile has more. */
const BATCH_PIXELS = 2 ** 16;

export class Translator {
  readonly input: ImageShape;
  readonly output: ImageShape;
  readonly #engine: Engine;
  readonly #batch: number;

  private constructor(engine: Engine, input: ImageShape, output: ImageShape) {
    this.#engine = engine;
    this.input = input;
    this.output = output;
    this.#batch = batchOf(input);
  }

  /** Throws `TranslationError`. The engine holds the leaves of the run. */
  static async open({ task, engine }: OpenedGenerator, options: TranslatorOptions): Promise<Translator> {
    const network = networkOf(task.networks, options.isBack);
    const { input, output } = shapesOf(network);
    const weights = network.isAveraged && !options.isRaw ? 'averaged' : 'current';
    for (const batch of new Set([1, batchOf(input)]))
      await engine.compile(renamed(network.program(batch, weights), batch));
    return new Translator(engine, input, output);
  }

  /** How many times as large the output is: 1 unless the run learns super-resolution. */
  get scale(): { readonly vertical: number; readonly horizontal: number } {
    return {
      vertical: this.output.height / this.input.height,
      horizontal: this.output.width / this.input.width,
    };
  }

  /**
   * Memory for a pixel of the input, beside that of the tiles: its bytes, its values and its opacity; of each pixel that
   * is made of it, the values, those of its colour, and the bytes of the picture and of what lies below it.
   */
  get bytesPerPixel(): number {
    const { input, output, scale } = this;
    const made = FLOAT_BYTES * (output.channels + COLOURS) + 2 * COLOURS;
    return (1 + FLOAT_BYTES) * input.channels + 1 + scale.vertical * scale.horizontal * made;
  }

  /** Propagates errors of the engine. Throws the signal's reason if aborted, as a large image takes minutes. */
  async translate({ height, width, values }: ImageValues, signal?: AbortSignal): Promise<ImageValues> {
    const { input, output, scale } = this;
    const [vertical, horizontal] = [tilesAlong(height, input.height), tilesAlong(width, input.width)];
    const made = {
      height: Math.round(height * scale.vertical),
      width: Math.round(width * scale.horizontal),
      channels: output.channels,
    };
    const image = new TiledImage(
      made,
      enlarged(vertical, scale.vertical),
      enlarged(horizontal, scale.horizontal),
    );
    const source = { height, width, channels: input.channels };
    for (const part of batchesOfPlaces(vertical, horizontal, this.#batch)) {
      signal?.throwIfAborted();
      const tiles = new Float32Array(part.length * sizeOf(input));
      part.forEach((place, i) => {
        const into = tiles.subarray(i * sizeOf(input), (i + 1) * sizeOf(input));
        cutTile(values, source, { ...place, tile: input }, into);
      });
      const examples = await this.#run(part.length, tiles);
      part.forEach(({ row, column }, i) => {
        image.add(examples.subarray(i * sizeOf(output), (i + 1) * sizeOf(output)), row, column);
      });
    }
    return { height: made.height, width: made.width, values: image.finish() };
  }

  /** @param tiles `[count, ...input]` */
  async #run(count: number, tiles: Float32Array): Promise<Float32Array> {
    const { height, width, channels } = this.input;
    const { examples } = await this.#engine.run(nameOf(count), {
      [SAMPLE_INPUTS.source]: float32([count, height, width, channels], tiles),
    });
    if (examples?.dtype !== 'float32') throw new RangeError('the generator returned no images');
    return examples.data;
  }
}

function networkOf(networks: readonly InferenceNetwork[], isBack: boolean): InferenceNetwork {
  const network = networks.find(({ name }) => name === (isBack ? 'generatorBack' : 'generator'));
  if (network !== undefined) return network;
  throw new TranslationError(
    localizable('This run learns only one direction.'),
    localizable('Leave out --back.'),
  );
}

function shapesOf({ inputs, makes }: InferenceNetwork): Record<'input' | 'output', ImageShape> {
  const source = inputs[SAMPLE_INPUTS.source];
  const isPlain = Object.keys(inputs).length === 1;
  if (source?.kind === 'examples' && source.shape.kind === 'image' && makes?.kind === 'image' && isPlain)
    if (source.shape.labelMap === undefined) return { input: source.shape, output: makes };
  throw new TranslationError(
    localizable('The generator of this run does not start from images.'),
    localizable(
      'Choose a run of an image-to-image model: pix2pix, CycleGAN, segmentation or super-resolution.',
    ),
  );
}

function sizeOf({ height, width, channels }: ImageShape): number {
  return height * width * channels;
}

function batchOf({ height, width }: ImageShape): number {
  return Math.max(1, Math.floor(BATCH_PIXELS / (height * width)));
}

function nameOf(batch: number): string {
  return `translate ${batch}`;
}

interface Place {
  readonly top: number;
  readonly left: number;
  readonly row: number;
  readonly column: number;
}

/** The places of all tiles, whole batches first and then one at a time. A large image has too many to list at once. */
function* batchesOfPlaces(
  vertical: AxisTiles,
  horizontal: AxisTiles,
  batch: number,
): Generator<readonly Place[]> {
  let part: Place[] = [];
  for (const [row, top] of vertical.starts.entries())
    for (const [column, left] of horizontal.starts.entries()) {
      part.push({ top, left, row, column });
      if (part.length < batch) continue;
      yield part;
      part = [];
    }
  for (const place of part) yield [place];
}

/** Programs of one name would replace each other. */
function renamed(program: Program, batch: number): Program {
  return { ...program, name: nameOf(batch) };
}

function enlarged({ size, starts }: AxisTiles, scale: number): AxisTiles {
  return { size: Math.round(size * scale), starts: starts.map((start) => Math.round(start * scale)) };
}
