import { expect, it } from 'vitest';
import { proposeExperiments } from '../../session/propose-experiment';
import { firstInTime } from './first-in-time';

/** Returns the choice on a machine with these step times, one for each proposal. */
async function chosen(...stepSeconds: readonly (number | undefined)[]) {
  const left = [...stepSeconds];
  const text = await firstInTime(
    proposeExperiments({ count: 61, imageSize: 32, classes: 0 }),
    32,
    ({ settings, batchSize }, { steps, seconds }, isMeasured) =>
      JSON.stringify([
        settings.generator.channels,
        batchSize,
        steps,
        isMeasured ? Math.round(seconds) : 'unmeasured',
      ]),
    async () => left.shift(),
  );
  return { experiment: JSON.parse(text), unasked: left.length };
}

it('takes what suits the pictures best, where that is trained in three minutes', async () => {
  expect(await chosen(0.08, 0.03, 0.02)).toEqual({ experiment: [[128, 64], 32, 2000, 176], unasked: 2 });
});

it('takes lighter steps where too few would fit, so that the time holds', async () => {
  expect(await chosen(0.42, 0.16, 0.08)).toEqual({ experiment: [[64, 32], 32, 1000, 176], unasked: 1 });
  expect(await chosen(0.8, 0.3, 0.15)).toEqual({ experiment: [[64, 32], 16, 1000, 165], unasked: 0 });
});

it('trains as long as is needed where the machine is too slow for all, and says so', async () => {
  expect((await chosen(2, 0.8, 0.4)).experiment).toEqual([[64, 32], 16, 1000, 440]);
});

it('guesses the length where nothing can be measured, and states no time', async () => {
  expect((await chosen(undefined)).experiment).toEqual([[128, 64], 32, 1600, 'unmeasured']);
});
