/** Benchmark cases: the networks whose training steps are timed. */

import { dcganDiscriminator, dcganGenerator } from '../gan/networks/dcgan';
import { textbookDiscriminator, textbookGenerator } from '../gan/networks/dcgan-textbook';
import { plainGan } from '../gan/plain-gan';
import type { GanSettings } from '../gan/settings';
import type { ExampleShape } from '../shared/example-shape';

export interface BenchmarkCase {
  readonly model: string;
  readonly imageSize: number;
  readonly batchSize: number;
  /** Number of timed steps, after the warm-up steps. */
  readonly steps: number;
  readonly settings: GanSettings;
}

const LATENT_SIZE = 100;

function textbook(batchSize: number): BenchmarkCase {
  const example: ExampleShape = { kind: 'image', height: 28, width: 28, channels: 1 };
  const context = { example, latentSize: LATENT_SIZE };
  return {
    model: 'dcgan-textbook',
    imageSize: 28,
    batchSize,
    steps: batchSize > 64 ? 15 : 30,
    settings: plainGan(LATENT_SIZE, {
      example,
      batchSize,
      generator: textbookGenerator.build({}, context),
      discriminator: textbookDiscriminator.build({}, context),
    }),
  };
}

/** 64×64 RGB with 64-128-256-512 channels and 4×4 kernels. */
function large(batchSize: number): BenchmarkCase {
  const example: ExampleShape = { kind: 'image', height: 64, width: 64, channels: 3 };
  const context = { example, latentSize: LATENT_SIZE };
  return {
    model: 'dcgan-64',
    imageSize: 64,
    batchSize,
    steps: 6,
    settings: plainGan(LATENT_SIZE, {
      example,
      batchSize,
      generator: dcganGenerator.build(
        dcganGenerator.options.parse({ channels: [512, 256, 128, 64], kernelSize: 4 }),
        context,
      ),
      discriminator: dcganDiscriminator.build(
        dcganDiscriminator.options.parse({
          channels: [64, 128, 256, 512],
          kernelSize: 4,
          batchNorm: true,
        }),
        context,
      ),
    }),
  };
}

/** The networks, for any batch size. */
const MODELS = { 'dcgan-textbook': textbook, 'dcgan-64': large };

export const benchmarkModels: readonly string[] = Object.keys(MODELS);

/** What is measured by default. */
const CASES: readonly BenchmarkCase[] = [textbook(64), textbook(128), large(64)];

/** @param batchSize for every model; the batch sizes of the documentation if left out */
export function benchmarkCases(batchSize?: number): readonly BenchmarkCase[] {
  return batchSize === undefined ? CASES : Object.values(MODELS).map((build) => build(batchSize));
}
