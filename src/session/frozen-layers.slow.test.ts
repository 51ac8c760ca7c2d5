/** Frozen layers keep their weights to the byte, and the compiled step around them equals the oracle's. */
import { describe, expect, it } from 'vitest';
import { openOracle, worstError } from '../../test/support/engines';
import {
  byNetwork,
  configOf,
  shapeOfData,
  taskOf,
  trainExperiment,
} from '../../test/support/experiment-training';
import { cycleGan, images, points } from '../../test/support/tiny-experiments';
import { countFlops } from '../benchmark/flops';
import { openNativeEngine } from '../engine/onnx/open-native';
import type { HostTensor } from '../shared/host-tensor';
import { gameTask } from './task';

const STEPS = 3;

/** Name, experiment, and its frozen weights. */
const experiments: readonly [string, object, readonly string[]][] = [
  [
    'the first layers of both networks, with batch normalisation and spectral vectors',
    {
      ...images,
      discriminator: { ...images.discriminator, batchNorm: true },
      regularisers: ['spectral-norm'],
      freeze: { generator: ['project', 'projectNorm'], discriminator: ['down1'] },
    },
    [
      'generator/project/kernel',
      'generator/projectNorm/gamma',
      'generator/projectNorm/beta',
      'discriminator/down1/kernel',
      'discriminator/down1/bias',
    ],
  ],
  [
    'a middle layer under R1, clipping and accumulated gradients',
    {
      ...images,
      regularisers: ['r1'],
      accumulate: 2,
      gradientClipping: 1,
      freeze: { discriminator: ['down2'] },
    },
    ['discriminator/down2/kernel', 'discriminator/down2/bias'],
  ],
  [
    'the last layer under clipped weights',
    {
      ...points,
      objective: 'wasserstein',
      optimiser: { name: 'rmsprop' },
      regularisers: ['weight-clipping'],
      freeze: { discriminator: ['logit'] },
    },
    ['discriminator/logit/kernel', 'discriminator/logit/bias'],
  ],
  [
    'both directions of a CycleGAN',
    { ...cycleGan, freeze: { discriminator: ['conv1'] } },
    [
      'discriminator/conv1/kernel',
      'discriminator/conv1/bias',
      'discriminatorBack/conv1/kernel',
      'discriminatorBack/conv1/bias',
    ],
  ],
];

describe.each(experiments)('%s', (_what, experiment, frozen) => {
  it('keep their weights, and all others are trained', async () => {
    const task = taskOf(configOf(experiment));
    const initial = task.initialState(3);
    const { state } = await trainExperiment(await openNativeEngine(1), experiment, STEPS);
    const weights = Object.keys(initial).filter((name) => /^(generator|discriminator)(Back)?\//.test(name));
    const unchanged = weights.filter((name) => bytesOf(initial[name]).equals(bytesOf(state[name])));
    expect(unchanged.toSorted()).toEqual(frozen.toSorted());
    // Neither moments nor accumulated gradients are kept for them.
    const kept = Object.keys(initial).filter((name) => frozen.some((leaf) => name.endsWith(`/${leaf}`)));
    expect(kept.filter((name) => !name.startsWith('ema/'))).toEqual([]);
  });

  it('make no difference between the compiled step and the oracle', async () => {
    const compiled = await trainExperiment(await openNativeEngine(1), experiment, 1);
    const oracle = await trainExperiment(openOracle(), experiment, 1);
    const { name, error } = worstError(byNetwork(compiled.state), byNetwork(oracle.state));
    expect(error, name).toBeLessThan(1e-4);
  });
});

it('are left out of the backward pass', () => {
  const flops = (freeze: object): number => {
    const config = configOf({ ...images, freeze });
    const task = gameTask(config, shapeOfData(config));
    return task.trainingPrograms().reduce((sum, program) => sum + countFlops(program, task.leaves), 0);
  };
  expect(flops({ discriminator: ['down1', 'down2'] })).toBeLessThan(0.8 * flops({}));
});

function bytesOf(tensor: HostTensor | undefined): Buffer {
  if (tensor === undefined) throw new RangeError('there is no such leaf');
  return Buffer.from(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
}
