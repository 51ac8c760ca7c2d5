/**
 * Finds a latent from which a generator makes a given image, by gradient descent (Zhu et al. 2016, "Generative Visual
 * Manipulation on the Natural Image Manifold", section 4.1). What it finds shows what the generator has learnt to make,
 * and is where edits of a picture of one's own begin.
 */
import type { Engine } from '../engine/engine';
import type { FeatureLayers } from '../evaluation/features/feature-network';
import { SAMPLE_INPUTS } from '../gan/programs';
import { oneHot } from '../gan/step/class-labels';
import { adamStep } from '../nn/adam';
import { Random } from '../random/random';
import { WorkbenchError } from '../shared/errors';
import type { ImageShape } from '../shared/example-shape';
import { float32, type HostTensor, type HostTensors, rowsOf, scalar } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import type { InferenceNetwork, Latents, TrainingTask } from '../training/task';
import {
  DESCENT,
  DESCENT_ADAM,
  DESCENT_LEAVES,
  descentProgram,
  FEATURE_WEIGHT,
  featureLeaves,
} from './descent';

/** The run has no generator that can be inverted. */
export class InversionError extends WorkbenchError {}

export interface InversionOptions {
  /** Random latents of which the most similar ones are started from. */
  readonly candidates: number;
  /** Latents that are optimised side by side; the best one is the result. */
  readonly starts: number;
  readonly steps: number;
  readonly seed: number;
  /** The class of the image; by default that of the best result. */
  readonly label?: number;
  readonly signal?: AbortSignal;
  /** Awaited, so that other programs can run on the engine between steps. */
  onStep?(step: number): void | Promise<void>;
}

export interface Inversion {
  /** `[size]` */
  readonly latent: Float32Array;
  /** Undefined if the generator has no classes. */
  readonly label?: number;
  /** `[1, height, width, channels]`: what the generator makes of the latent. */
  readonly image: HostTensor;
  /** Mean squared difference from the target, of values from -1 to 1. */
  readonly error: number;
  /**
   * Mean squared difference of the feature network's activations relative to the target's, averaged over its layers; 0
   * without such a network.
   */
  readonly featureError: number;
}

/** Options of an inversion by default. */
export const INVERSION_DEFAULTS = { candidates: 1024, starts: 8, steps: 300, seed: 0 } as const;

const LEARNING_RATE = 0.1;

interface Start {
  readonly latent: Float32Array;
  readonly label: number;
}

export class Inverter {
  readonly shape: ImageShape;
  readonly #task: TrainingTask;
  readonly #engine: Engine;
  readonly #latents: Latents;
  readonly #network: InferenceNetwork;
  readonly #features: FeatureLayers | undefined;
  #compiledFor = 0;

  /**
   * Throws `InversionError` if the generator has no latents or makes no images.
   *
   * @param features a network by whose layers images are compared too, as well as by their pixels
   */
  constructor(
    { task, engine }: { readonly task: TrainingTask; readonly engine: Engine },
    features?: FeatureLayers,
  ) {
    const network = task.networks.find(({ name }) => name === 'generator');
    const { latents, example } = task;
    if (network === undefined || latents === undefined)
      throw new InversionError(
        localizable('The generator of this run starts from images of its data, not from latents.'),
        localizable('Apply it to the image with `gan translate`.'),
      );
    if (example.kind !== 'image' || example.labelMap !== undefined)
      throw new InversionError(
        localizable('The generator of this run does not make images.'),
        localizable('Choose a run of images.'),
      );
    this.shape = example;
    this.#task = task;
    this.#engine = engine;
    this.#latents = latents;
    this.#network = network;
    this.#features = features;
  }

  /**
   * @param target `[1, height, width, channels]` in [-1, 1]
   */
  async invert(target: HostTensor, options: InversionOptions): Promise<Inversion> {
    const starts = await this.#startsFor(target, options);
    await this.#compile(starts.length);
    const { classes } = this.#latents;
    const labels = Int32Array.from(starts, ({ label }) => label);
    const inputs = {
      ...(classes === 0 ? {} : { [SAMPLE_INPUTS.labels]: oneHot(labels, classes) }),
      target,
    };
    this.#writeLatents(starts.map(({ latent }) => latent));
    const descend = async (step: number, rate: number): Promise<HostTensors> => {
      const { stepSize, epsilon } = adamStep(DESCENT_ADAM, rate, step);
      return await this.#engine.run(DESCENT, {
        ...inputs,
        stepSize: scalar(stepSize),
        epsilon: scalar(epsilon),
      });
    };
    for (let step = 1; step <= options.steps; step++) {
      options.signal?.throwIfAborted();
      await descend(step, (LEARNING_RATE * (1 + Math.cos((Math.PI * (step - 1)) / options.steps))) / 2);
      await options.onStep?.(step);
    }
    // The errors are those of the latents before a step, and a step of length 0 leaves them as they are.
    return await this.#best(starts, await descend(options.steps + 1, 0));
  }

  /** The most similar ones of random samples. */
  async #startsFor(
    target: HostTensor,
    { candidates, starts, seed, label }: InversionOptions,
  ): Promise<readonly Start[]> {
    const { size, prior, classes } = this.#latents;
    const random = Random.seeded(seed, 'inversion');
    const drawn = Array.from({ length: candidates }, (_, i): Start => {
      const latent = new Float32Array(size);
      if (prior === 'normal') random.fillNormal(latent);
      else random.fillUniform(latent, -1, 1);
      return { latent, label: label ?? (classes === 0 ? 0 : i % classes) };
    });
    const images = await this.#made(drawn);
    const order = errorsOf(images, target)
      .map((error, i) => ({ error, i }))
      .sort((a, b) => a.error - b.error);
    return order.slice(0, starts).flatMap(({ i }) => drawn[i] ?? []);
  }

  /** @param errors `pixels` and `features` of the latents in the engine */
  async #best(starts: readonly Start[], { pixels, features }: HostTensors): Promise<Inversion> {
    const { size, classes } = this.#latents;
    const { [DESCENT_LEAVES.latent]: found } = await this.#engine.read([DESCENT_LEAVES.latent]);
    if (found === undefined || pixels === undefined) throw new RangeError('the engine has lost the latents');
    const errorsAt = (i: number) => ({
      error: pixels.data[i] ?? 0,
      // Without a feature network, the only value is that of all.
      featureError: features?.data[i] ?? 0,
    });
    const lossAt = (i: number): number => {
      const { error, featureError } = errorsAt(i);
      return error + FEATURE_WEIGHT * featureError;
    };
    const best = starts.reduce((least, _, i) => (lossAt(i) < lossAt(least) ? i : least), 0);
    const latent = Float32Array.from(found.data.subarray(best * size, (best + 1) * size));
    const label = starts[best]?.label ?? 0;
    const image = await this.#made([{ latent, label }]);
    return { latent, ...(classes === 0 ? {} : { label }), image, ...errorsAt(best) };
  }

  async #made(places: readonly Start[]): Promise<HostTensor> {
    const { size, classes } = this.#latents;
    const labels = Int32Array.from(places, ({ label }) => label);
    return await this.#task.sample(this.#engine, {
      source: rowsOf(
        places.map(({ latent }) => latent),
        size,
      ),
      ...(classes === 0 ? {} : { labels: oneHot(labels, classes) }),
    });
  }

  async #compile(batch: number): Promise<void> {
    if (this.#compiledFor === batch) return;
    const { size, isAveraged, prior } = this.#latents;
    this.#writeLatents(Array.from({ length: batch }, () => new Float32Array(size)));
    const features = this.#features;
    if (features !== undefined) this.#engine.write(featureLeaves(features));
    const generate = this.#network.program(batch, isAveraged ? 'averaged' : 'current');
    await this.#engine.compile(descentProgram({ generate, shape: this.shape, prior, features }));
    this.#compiledFor = batch;
  }

  #writeLatents(latents: readonly Float32Array[]): void {
    const { size } = this.#latents;
    const shape = [latents.length, size];
    this.#engine.write({
      [DESCENT_LEAVES.latent]: rowsOf(latents, size),
      [DESCENT_LEAVES.mean]: float32(shape),
      [DESCENT_LEAVES.variance]: float32(shape),
    });
  }
}

/** Mean squared difference of each image `[count, ...example]` from the target `[1, ...example]`. */
function errorsOf({ shape, data }: HostTensor, target: HostTensor): number[] {
  const width = target.data.length;
  return Array.from({ length: shape[0] ?? 0 }, (_, image) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += ((data[image * width + i] ?? 0) - (target.data[i] ?? 0)) ** 2;
    return sum / width;
  });
}
