import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../config/load';
import { formatText } from '../shared/localizable-text';
import { causesAmong, ODD_SETTINGS, type OddSettingName } from './odd-settings';
import { fittingChanges } from './suggestions';

const RING = '{ "data": { "source": "points2d" } }';
const DIGITS = '{ "data": { "source": "digits" } }';
const ALL = Object.keys(ODD_SETTINGS).filter((name): name is OddSettingName => name in ODD_SETTINGS);

function causes(text: string, ...overrides: readonly string[]) {
  const config = parseExperiment(text, 'test', overrides);
  return causesAmong(ALL, config).map(({ said, change }) => ({
    cause: formatText(said),
    changes: fittingChanges(config, [change]).map(({ title, set }) => ({ title: formatText(title), set })),
  }));
}

describe('a setting out of the ordinary', () => {
  it.each([
    [
      'a learning rate near zero',
      RING,
      ['optimiser.generatorLearningRate=1e-9'],
      '"optimiser.generatorLearningRate" is 1e-9, so the generator hardly changes. The usual value is 0.001.',
      {
        title: 'Set the generator’s learning rate to 0.001',
        set: { 'optimiser.generatorLearningRate': 0.001 },
      },
    ],
    [
      'an average that hardly moves',
      RING,
      ['ema={"decay":0.999999,"rampUp":0}'],
      '"ema.decay" is 0.999999 with "ema.rampUp" 0, so the average that samples are drawn from still consists of 100% initial weights at the end of the run. The usual values are 0.995 and 10.',
      {
        title: 'Set the EMA’s decay to 0.995 and its ramp-up to 10',
        set: { 'ema.decay': 0.995, 'ema.rampUp': 10 },
      },
    ],
    [
      'a penalty of enormous weight',
      RING,
      ['regularisers=[{"name":"r1","weight":1e5,"every":2},"instance-noise"]'],
      '"regularisers" gives "r1" a weight of 100000, so the penalty outweighs the adversarial loss. The usual weight is 0.1.',
      {
        title: 'Set the weight of the regulariser "r1" to 0.1',
        set: {
          regularisers: [
            { name: 'r1', weight: 0.1, every: 2 },
            expect.objectContaining({ name: 'instance-noise' }),
          ],
        },
      },
    ],
    [
      'a penalty whose weight begins enormous',
      RING,
      ['regularisers=[{"name":"r1","weight":{"from":1e5,"to":1}}]'],
      '"regularisers" gives "r1" a weight of 100000, so the penalty outweighs the adversarial loss. The usual weight is 0.1.',
      {
        title: 'Set the weight of the regulariser "r1" to 0.1',
        set: { regularisers: [{ name: 'r1', weight: 0.1, every: 1 }] },
      },
    ],
    [
      'a single latent value',
      DIGITS,
      ['latent.size=1'],
      '"latent.size" is 1, so all samples lie on one curve. The usual value is 64.',
      { title: 'Set the size of the latent vector to 64', set: { 'latent.size': 64 } },
    ],
  ])('is %s', (_, text, overrides, cause, change) => {
    expect(causes(text, ...overrides)).toEqual([{ cause, changes: [change] }]);
  });

  it('takes usual values of the part where the model has none', () => {
    const [found] = causes(DIGITS, 'regularisers=[{"name":"gradient-penalty","weight":5000}]');
    expect(found?.changes[0]?.title).toBe('Set the weight of the regulariser "gradient-penalty" to 10');
  });

  it('is not the default, nor anything that papers use', () => {
    expect(causes(RING)).toEqual([]);
    expect(causes(DIGITS)).toEqual([]);
    expect(
      causes(
        RING,
        'optimiser.generatorLearningRate=1e-5',
        'regularisers=[{"name":"r1","weight":100}]',
        'latent.size=2',
        'ema={"decay":0.9999,"rampUp":10}',
      ),
    ).toEqual([]);
    expect(causes(RING, 'ema={"decay":0.999,"rampUp":0}', 'length.steps=1000')).toEqual([]);
  });

  it('is no size of latents where the generator starts from images', () => {
    const pairs = '{ "data": { "source": "digits", "superResolution": 4 }, "latent": { "size": 1 } }';
    expect(causes(pairs)).toEqual([]);
  });
});
