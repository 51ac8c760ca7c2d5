/**
 * Settings that suit a folder of pictures and a machine: the smaller the folder, the smaller the networks and the
 * stronger the augmentation; as many steps as a stated time allows, and lighter steps where those would be too few.
 */
import { runSeconds, stepsWithin } from './run-time';

export interface Pictures {
  /** All of them, those included that will be held out. */
  readonly count: number;
  readonly imageSize: number;
  /** 0 where there are no classes. */
  readonly classes: number;
}

/** What an experiment file says beside its data, as far as pictures alone decide it. */
export interface Proposal {
  readonly batchSize: number;
  readonly settings: {
    readonly generator: Network;
    readonly discriminator: Network;
    readonly latent: { readonly size: number };
    readonly regularisers: readonly object[];
    readonly optimiser: object;
    readonly ema: object;
    readonly conditioning?: object;
    readonly augmentation?: object;
  };
  readonly sampleCount: number;
  /** Whether there are enough pictures for scores to mean something. */
  readonly isScored: boolean;
}

interface Network {
  readonly network: 'dcgan';
  readonly channels: readonly number[];
  readonly kernelSize: number;
}

export interface Length {
  readonly steps: number;
  /** Of the whole run. */
  readonly seconds: number;
  readonly sampleEvery: number;
  readonly checkpointEvery: number;
}

/** Below this, networks are narrower: there is less to learn, and what is learnt by heart is learnt more slowly. */
const FEW = 500;
/** Up to this, the discriminator would learn the pictures by heart without augmentation. */
const AUGMENTED = 5000;
/** So many are needed for a score that is more than chance. */
const SCORED = 1000;
/** Of a class with fewer, nothing general can be learnt. */
const FEWEST_OF_A_CLASS = 5;
/** Feature maps before the first doubling, which begins at 4×4 or 8×8 pixels. */
const WIDTHS = { few: 128, many: 192 } as const;
/**
 * What a step may be cut to, the usual first: narrower layers cost detail alone, and noisier gradients learn less.
 * With half the channels and half the batch a step takes about a quarter of the time.
 */
const CUTS = [
  { width: 1, batchSize: 1 },
  { width: 1 / 2, batchSize: 1 },
  { width: 1 / 2, batchSize: 1 / 2 },
] as const;
/** Narrower layers next to the image save little time and cost detail. */
const NARROWEST = 32;
const SMALL_IMAGE = 32;
/** Examples in a batch, for images of at most this size. */
const BATCHES = [
  { imageSize: 32, batchSize: 32 },
  { imageSize: 64, batchSize: 16 },
] as const;
const BATCH_OF_LARGE_IMAGES = 8;
/** In a grid. */
const SAMPLES = 64;
const SAMPLES_OF_A_CLASS = 8;
const MAX_ROWS = 32;

type Cut = (typeof CUTS)[number];

/** Doublings from the first feature maps to the image. */
function doublings(imageSize: number): number {
  const first = imageSize > SMALL_IMAGE ? 4 : 8;
  return Math.log2(imageSize / first);
}

function channelsOf({ count, imageSize }: Pictures, cut: Cut): number[] {
  const width = cut.width * (count < FEW ? WIDTHS.few : WIDTHS.many);
  return Array.from({ length: doublings(imageSize) }, (_, i) => Math.max(NARROWEST, width >> i));
}

/** The largest power of two that is neither above the usual size nor above the number of pictures. */
function batchSizeOf({ count, imageSize }: Pictures, cut: Cut): number {
  const uncut = BATCHES.find((entry) => imageSize <= entry.imageSize)?.batchSize ?? BATCH_OF_LARGE_IMAGES;
  const usual = cut.batchSize * uncut;
  return Math.max(1, Math.min(usual, 2 ** Math.floor(Math.log2(Math.max(1, count)))));
}

/** Rows of the grid are classes, where it is not too many; long rows would be too small to see anything in. */
function sampleCountOf(classes: number): number {
  return classes > 1 && classes <= MAX_ROWS ? classes * SAMPLES_OF_A_CLASS : SAMPLES;
}

/** From the one that suits the pictures best to the one whose steps take least time. `imageSize` is a power of two from 16. */
export function proposeExperiments(pictures: Pictures): readonly Proposal[] {
  return CUTS.map((cut) => proposalFor(pictures, cut));
}

function proposalFor(pictures: Pictures, cut: Cut): Proposal {
  const { count, classes } = pictures;
  const channels = channelsOf(pictures, cut);
  const isConditional = classes > 1 && count >= classes * FEWEST_OF_A_CLASS;
  return {
    batchSize: batchSizeOf(pictures, cut),
    settings: {
      generator: { network: 'dcgan', channels, kernelSize: 4 },
      discriminator: { network: 'dcgan', channels: channels.toReversed(), kernelSize: 4 },
      latent: { size: 64 },
      ...(isConditional ? { conditioning: { name: 'projection', generator: 'batch-norm' } } : {}),
      ...(count < AUGMENTED ? { augmentation: { transforms: ['colour', 'translation', 'cutout'] } } : {}),
      regularisers: [{ name: 'r1', weight: 1, every: 4 }],
      optimiser: { beta2: 0.99, generatorLearningRate: 0.001, discriminatorLearningRate: 0.001 },
      ema: { decay: 0.998 },
    },
    sampleCount: sampleCountOf(isConditional ? classes : 0),
    isScored: count >= SCORED,
  };
}

/** Larger images need more steps, and people who have them more patience. */
const MINUTES = [
  { imageSize: 32, minutes: 3 },
  { imageSize: 64, minutes: 5 },
] as const;
const MINUTES_OF_LARGE_IMAGES = 15;
/** With fewer steps nothing can be recognised; with more a first look takes too long on any machine. */
const FEWEST_STEPS = 1000;
const MAX_STEPS = 20_000;
const STEPS_ROUNDED_TO = 100;
const SAMPLES_IN_A_RUN = 20;

function stepsInTime(imageSize: number, secondsPerStep: number): number {
  const minutes = MINUTES.find((entry) => imageSize <= entry.imageSize)?.minutes ?? MINUTES_OF_LARGE_IMAGES;
  return stepsWithin(minutes * 60, secondsPerStep);
}

/** Whether as many steps as are needed for something to be recognised fit into the time that people are asked for. */
export function isInTime(imageSize: number, secondsPerStep: number): boolean {
  return stepsInTime(imageSize, secondsPerStep) >= FEWEST_STEPS;
}

export function proposeLength(imageSize: number, secondsPerStep: number): Length {
  const wished = stepsInTime(imageSize, secondsPerStep);
  const rounded = Math.floor(wished / STEPS_ROUNDED_TO) * STEPS_ROUNDED_TO;
  const steps = Math.min(MAX_STEPS, Math.max(FEWEST_STEPS, rounded));
  return {
    steps,
    seconds: runSeconds(steps, secondsPerStep),
    sampleEvery: Math.round(steps / SAMPLES_IN_A_RUN),
    checkpointEvery: Math.min(1000, Math.round(steps / 2)),
  };
}
