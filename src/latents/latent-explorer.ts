/** The generator of a run at a checkpoint, for exploring its latent space. */
import { basename } from 'node:path';
import { encodeAnimation } from '../data/images/encode-animation';
import type { Dataset, Examples } from '../data/source';
import { NearestExamples } from '../diagnostics/nearest-examples';
import type { Engine } from '../engine/engine';
import type { FeatureLayers } from '../evaluation/features/feature-network';
import { peakSignalToNoise } from '../evaluation/metrics/psnr';
import { oneHot } from '../gan/step/class-labels';
import { rgbaOf } from '../pictures/rgba';
import { samplesPng } from '../pictures/samples-png';
import { checkpointPath, checkpointSteps, readCheckpoint } from '../run-folder/checkpoints';
import { bestCheckpoint } from '../run-folder/scores';
import { WorkbenchError } from '../shared/errors';
import {
  type AnimationForm,
  type ExplorerFacts,
  FRAMES,
  type InvertedImage,
  type LatentPlace,
  MAX_ANIMATION_FRAMES,
  type Made,
  type Neighbour,
  type Tiles,
} from '../shared/explorer-protocol';
import { float32, type HostTensor, rowsOf } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import type { CountedProgress } from '../shared/throttle';
import { pointSample, Sampler } from '../training/samples';
import type { Latents, TrainingTask } from '../training/task';
import { generatorDirections } from './generator-directions';
import { INVERSION_DEFAULTS, type InversionOptions, Inverter } from './inversion';
import { classShares, placeOnLoop, type Stop } from './loop';
import { latentAt } from './place';
import { readTarget } from './target-image';

/** Batch sizes: a single sample while the user drags, a whole path of samples afterwards. */
export const EXPLORER_BATCHES = [1, FRAMES];
const NEIGHBOURS = 8;
/** Number of points along the path between two latents, drawn as a line. */
const WAY_POINTS = 64;
/** Small images are enlarged to about this width. */
const LEAST_ANIMATION_WIDTH = 256;
/** Number of generated points shown in a plane. */
const PLANE_POINTS = 500;

/** A generator with the weights of a checkpoint. */
export interface LoadedGenerator {
  readonly task: TrainingTask;
  readonly engine: Engine;
  /** Step of the checkpoint. */
  readonly step: number;
  /** Seed of the run. */
  readonly seed: number;
  /** Opens the data that the run was trained on; only the first call does so. */
  openData(): Promise<Dataset>;
  /** Opens the network by whose layers images are compared in an inversion, besides by their pixels. */
  openFeatures(watch: FeatureWatch): Promise<FeatureLayers | undefined>;
  close(): Promise<void>;
}

export interface FeatureWatch {
  readonly signal: AbortSignal;
  /** Called while a classifier is trained. */
  onProgress(progress: CountedProgress): void;
}

interface InversionWatch extends FeatureWatch, Required<Pick<InversionOptions, 'onStep'>> {
  readonly comparesFeatures: boolean;
}

/** Thrown if the generator of the run takes images as input. */
export class NoLatentsError extends WorkbenchError {}

export class LatentExplorer {
  readonly #runFolder: string;
  readonly #opened: LoadedGenerator;
  readonly #latents: Latents;
  #step: number;
  #directions: readonly Float32Array[] = [];
  #nearest: Promise<NearestExamples> | undefined;
  /** They share a program of the engine, so there is one. */
  #inverter: { readonly inverter: Inverter; readonly comparesFeatures: boolean } | undefined;

  private constructor(runFolder: string, opened: LoadedGenerator, latents: Latents) {
    this.#runFolder = runFolder;
    this.#opened = opened;
    this.#latents = latents;
    this.#step = opened.step;
  }

  /** Throws `NoLatentsError` and closes the generator if it has no latents. */
  static async of(runFolder: string, opened: LoadedGenerator): Promise<LatentExplorer> {
    const { latents } = opened.task;
    if (latents === undefined) {
      await opened.close();
      throw new NoLatentsError(
        localizable('The generator of {0} starts from input images: it has no latents.', basename(runFolder)),
        localizable('The dashboard shows its output for held-out images.'),
      );
    }
    const explorer = new LatentExplorer(runFolder, opened, latents);
    await explorer.#findDirections();
    return explorer;
  }

  /** Loads another checkpoint of the run. Throws `CheckpointError`, `SafetensorsError`, `StorageError`. */
  async load(step: number): Promise<void> {
    const { leaves } = await readCheckpoint(checkpointPath(this.#runFolder, step));
    this.#opened.engine.write(leaves);
    this.#step = step;
    await this.#findDirections();
  }

  async facts(): Promise<ExplorerFacts> {
    const { size, prior, classes, isAveraged, hasStyles, kernel } = this.#latents;
    const steps = await checkpointSteps(this.#runFolder);
    const bestStep = await bestCheckpoint(this.#runFolder, steps);
    return {
      step: this.#step,
      steps,
      ...(bestStep === undefined ? {} : { bestStep }),
      latentSize: size,
      prior,
      directions: this.#directions.length,
      directionsFrom: kernel === undefined ? 'axes' : 'weights',
      hasStyles,
      classes,
      makes: this.#opened.task.example.kind === 'image' ? 'images' : 'points',
      isAveraged,
    };
  }

  async samples(places: readonly LatentPlace[]): Promise<Made> {
    return this.#made(await this.#generate(places));
  }

  /** Samples along the path from one latent to the other, including both ends. */
  async frames(place: LatentPlace): Promise<Made> {
    const count = this.#opened.task.example.kind === 'image' ? FRAMES : WAY_POINTS;
    const places = Array.from({ length: count }, (_, i) => ({ ...place, mix: i / (count - 1) }));
    return await this.samples(places);
  }

  /**
   * Renders samples as a grid in one PNG.
   *
   * @param places at least one; image generators only
   */
  async picture(places: readonly LatentPlace[]): Promise<Uint8Array> {
    return await samplesPng({ fake: await this.#generate(places) }, this.#opened.task.example);
  }

  /**
   * Renders an animation that passes by the places and returns to the first; image generators only. Styles are
   * truncated as at the first.
   *
   * @param onFrames called with the number of frames made so far, after each batch; may generate samples
   */
  async animation(
    places: readonly LatentPlace[],
    { encoding, seconds, perSecond }: AnimationForm,
    onFrames: (done: number, total: number) => Promise<void>,
  ): Promise<Uint8Array> {
    const { prior, classes, size } = this.#latents;
    const { task, engine } = this.#opened;
    const stops = places.map(
      (place): Stop => ({
        latent: latentAt(this.#latents, this.#directions, place),
        label: place.label ?? 0,
      }),
    );
    const [{ styleTruncation } = {}] = places;
    const total = Math.min(MAX_ANIMATION_FRAMES, Math.round(seconds * perSecond));
    const frames = async function* (): AsyncGenerator<Uint8Array> {
      for (let begin = 0; begin < total; begin += FRAMES) {
        const loop = Array.from({ length: Math.min(FRAMES, total - begin) }, (_, i) =>
          placeOnLoop(stops, ((begin + i) * stops.length) / total, prior),
        );
        const made = await task.sample(engine, {
          source: rowsOf(
            loop.map(({ latent }) => latent),
            size,
          ),
          ...(classes === 0 ? {} : { labels: float32([loop.length, classes], classShares(loop, classes)) }),
          ...(styleTruncation === undefined ? {} : { truncation: styleTruncation }),
        });
        const width = made.data.length / loop.length;
        for (let i = 0; i < loop.length; i++) {
          const image = Float32Array.from(made.data.subarray(i * width, (i + 1) * width));
          yield await samplesPng({ fake: float32([1, ...made.shape.slice(1)], image) }, task.example);
        }
        await onFrames(begin + loop.length, total);
      }
    };
    return await encodeAnimation(encoding, {
      frames: frames(),
      width: (own) => own * Math.max(1, Math.round(LEAST_ANIMATION_WIDTH / own)),
      delayMs: () => 1000 / perSecond,
    });
  }

  /**
   * Finds the latent of an image. Throws `InversionError`, `PictureError`, and the signal's reason when it is aborted.
   * `onStep` may generate samples.
   */
  async invert(
    file: string,
    { comparesFeatures, onProgress, ...watch }: InversionWatch,
  ): Promise<{ readonly image: InvertedImage; readonly tiles: Tiles }> {
    // Generators that cannot be inverted are refused before a classifier is trained.
    const { shape } = new Inverter(this.#opened);
    const target = await readTarget(file, shape);
    if (this.#inverter?.comparesFeatures !== comparesFeatures) {
      const { signal } = watch;
      const features = comparesFeatures ? await this.#opened.openFeatures({ signal, onProgress }) : undefined;
      this.#inverter = { inverter: new Inverter(this.#opened, features), comparesFeatures };
    }
    const step = this.#step;
    const { latent, label, image } = await this.#inverter.inverter.invert(target, {
      ...INVERSION_DEFAULTS,
      ...watch,
    });
    const { height, width } = shape;
    const pair = [target, image].map(({ data }) => Float32Array.from(data));
    return {
      image: {
        found: { name: basename(file), values: [...latent] },
        ...(label === undefined ? {} : { label }),
        step,
        psnr: peakSignalToNoise(image, target),
      },
      tiles: {
        count: 2,
        height,
        width,
        pixels: rgbaOf(shape, Float32Array.from(rowsOf(pair, target.data.length).data)),
      },
    };
  }

  /** Generated and real points in the plane, with the heat map. Propagates errors of opening the data. */
  async plane() {
    const { task, engine, seed } = this.#opened;
    const data = await this.#opened.openData();
    const sampler = await Sampler.create({ task, engine, data }, { seed, count: PLANE_POINTS });
    const sample = await sampler.sample();
    if (sample.kind !== 'points') throw new RangeError('a plane is for generators of points');
    return { kind: 'points' as const, ...pointSample(sample) };
  }

  /** The examples that the run was trained on. Throws `UntrustedError`; propagates errors of opening them. */
  async trainingExamples(): Promise<Examples> {
    return (await this.#opened.openData()).train;
  }

  /** Reads the training images for the nearest-neighbour search. Propagates errors thrown by `onProgress`. */
  async openNeighbours(onProgress: (done: number, total: number) => void): Promise<void> {
    this.#nearest ??= this.trainingExamples().then((examples) => NearestExamples.open(examples, onProgress));
    await this.#nearest;
  }

  /** Returns the training images closest to the sample; undefined once `isWanted` returns false. */
  async neighbours(
    place: LatentPlace,
    isWanted: () => boolean,
  ): Promise<
    | {
        readonly tiles: Tiles;
        readonly neighbours: readonly Neighbour[];
        readonly looked: number;
        readonly total: number;
      }
    | undefined
  > {
    const { shape, count } = await this.trainingExamples();
    const nearest = await this.#nearest;
    if (nearest === undefined || shape.kind !== 'image') return undefined;
    const { data } = await this.#generate([place]);
    const found = await nearest.find(Float32Array.from(data), NEIGHBOURS, isWanted);
    if (found === undefined) return undefined;
    const { height, width } = shape;
    const pixels = new Uint8Array(found.length * height * width * 4);
    for (const [i, { values }] of found.entries()) pixels.set(rgbaOf(shape, values), i * height * width * 4);
    return {
      tiles: { count: found.length, height, width, pixels },
      neighbours: found.map(({ index, distance }) => ({ index, distance })),
      looked: nearest.looked,
      total: count,
    };
  }

  async close(): Promise<void> {
    await this.#nearest?.catch(() => undefined);
    await this.#opened.close();
  }

  /** `[count, ...example]` */
  async #generate(places: readonly LatentPlace[]): Promise<HostTensor> {
    const { task, engine } = this.#opened;
    const { size, classes } = this.#latents;
    const parts: HostTensor[] = [];
    // Truncation is the same for all samples of a call.
    for (const part of alike(places, ({ styleTruncation }) => styleTruncation)) {
      const latents = part.map((place) => latentAt(this.#latents, this.#directions, place));
      const labels = Int32Array.from(part, ({ label = 0 }) => Math.min(label, classes - 1));
      const [{ styleTruncation } = {}] = part;
      parts.push(
        await task.sample(engine, {
          source: rowsOf(latents, size),
          ...(classes === 0 ? {} : { labels: oneHot(labels, classes) }),
          ...(styleTruncation === undefined ? {} : { truncation: styleTruncation }),
        }),
      );
    }
    return joined(parts);
  }

  #made({ shape, data }: HostTensor): Made {
    const { example } = this.#opened.task;
    const values = Float32Array.from(data);
    if (example.kind === 'points') return { kind: 'points', points: values };
    const [count = 0] = shape;
    const { height, width } = example;
    return { kind: 'images', tiles: { count, height, width, pixels: rgbaOf(example, values) } };
  }

  async #findDirections(): Promise<void> {
    this.#directions = await generatorDirections(this.#opened.engine, this.#latents);
  }
}

/** Splits a list where the key changes. */
function alike<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): readonly (readonly Item[])[] {
  const parts: Item[][] = [];
  for (const item of items) {
    const last = parts.at(-1);
    const [first] = last ?? [];
    if (last !== undefined && first !== undefined && keyOf(first) === keyOf(item)) last.push(item);
    else parts.push([item]);
  }
  return parts;
}

/** Joins tensors `[count, ...]` along their first axis. */
function joined(parts: readonly HostTensor[]): HostTensor {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const count = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  const all = float32([count, ...(first?.shape.slice(1) ?? [])]);
  let start = 0;
  for (const { data } of parts) {
    all.data.set(data, start);
    start += data.length;
  }
  return all;
}
