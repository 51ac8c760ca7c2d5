/**
 * Proposes settings that suit a folder of pictures and a machine: the smaller the folder, the smaller the networks and
 * the stronger the augmentation; as many steps as fit into a given time, and cheaper steps where those would be too
 * few.
 */
import { runSeconds, stepsWithin } from './run-time';

export interface Pictures {
  /** Total number of pictures, including those to be held out. */
  readonly count: number;
  readonly imageSize: number;
  /** 0 without classes. */
  readonly classes: number;
}

/** Sections of an experiment file other than its data, as far as the pictures alone determine them. */
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
  /** Whether there are enough pictures for meaningful scores. */
  readonly isScored: boolean;
}

interface Network {
  readonly network: 'dcgan';
  readonly channels: readonly number[];
  readonly kernelSize: number;
}

export interface Length {
  readonly steps: number;
  /** Duration of the whole run. */
  readonly seconds: number;
  readonly sampleEvery: number;
  readonly checkpointEvery: number;
}

/** Below this number networks are narrower: there is less to learn, and memorisation is slower. */
const FEW = 500;
/** Up to this number the discriminator would memorise the pictures without augmentation. */
const AUGMENTED = 5000;
/** Minimum number for a score that is more than chance. */
const SCORED = 1000;
/** Minimum number per class from which anything general can be learnt. */
const FEWEST_OF_A_CLASS = 5;
/** Feature maps before the first upsampling, which starts at 4×4 or 8×8 pixels. */
const WIDTHS = { few: 128, many: 192 } as const;
/**
 * Reductions of the cost of a step, starting with none: narrower layers only cost detail, while noisier gradients learn
 * less. With half the channels and half the batch, a step takes about a quarter of the time.
 */
const CUTS = [
  { width: 1, batchSize: 1 },
  { width: 1 / 2, batchSize: 1 },
  { width: 1 / 2, batchSize: 1 / 2 },
] as const;
/** Narrower layers close to the image save little time and cost detail. */
const NARROWEST = 32;
const SMALL_IMAGE = 32;
/** Batch size for images up to this size. */
const BATCHES = [
  { imageSize: 32, batchSize: 32 },
  { imageSize: 64, batchSize: 16 },
] as const;
const BATCH_OF_LARGE_IMAGES = 8;
/** Samples in a grid. */
const SAMPLES = 64;
const SAMPLES_OF_A_CLASS = 8;
const MAX_ROWS = 32;

type Cut = (typeof CUTS)[number];

/** Number of upsamplings from the first feature maps to the image. */
function doublings(imageSize: number): number {
  const first = imageSize > SMALL_IMAGE ? 4 : 8;
  return Math.log2(imageSize / first);
}

function channelsOf({ count, imageSize }: Pictures, cut: Cut): number[] {
  const width = cut.width * (count < FEW ? WIDTHS.few : WIDTHS.many);
  return Array.from({ length: doublings(imageSize) }, (_, i) => Math.max(NARROWEST, width >> i));
}

/** Largest power of two that exceeds neither the usual batch size nor the number of pictures. */
function batchSizeOf({ count, imageSize }: Pictures, cut: Cut): number {
  const uncut = BATCHES.find((entry) => imageSize <= entry.imageSize)?.batchSize ?? BATCH_OF_LARGE_IMAGES;
  const usual = cut.batchSize * uncut;
  return Math.max(1, Math.min(usual, 2 ** Math.floor(Math.log2(Math.max(1, count)))));
}

/** Grid rows are classes, unless there are too many; longer rows would make the samples too small to see. */
function sampleCountOf(classes: number): number {
  return classes > 1 && classes <= MAX_ROWS ? classes * SAMPLES_OF_A_CLASS : SAMPLES;
}

/**
 * Returns proposals from the best for the pictures to the one with the fastest steps. `imageSize` is a power of two
 * from 16.
 */
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

/** Larger images need more steps, and their users are more patient. */
const MINUTES = [
  { imageSize: 32, minutes: 3 },
  { imageSize: 64, minutes: 5 },
] as const;
const MINUTES_OF_LARGE_IMAGES = 15;
/** With fewer steps nothing is recognisable; with more a first look takes too long on any machine. */
const FEWEST_STEPS = 1000;
const MAX_STEPS = 20_000;
const STEPS_ROUNDED_TO = 100;
const SAMPLES_IN_A_RUN = 20;

function stepsInTime(imageSize: number, secondsPerStep: number): number {
  const minutes = MINUTES.find((entry) => imageSize <= entry.imageSize)?.minutes ?? MINUTES_OF_LARGE_IMAGES;
  return stepsWithin(minutes * 60, secondsPerStep);
}

/** Whether the minimum number of steps for recognisable samples fits into the proposed time. */
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
