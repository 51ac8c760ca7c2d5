import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { generatorLosses } from '../../../src/gan/generator-losses/registry';
import { generatorRegularisers } from '../../../src/gan/generator-regularisers/registry';
import { adam } from '../../../src/gan/optimisers/adam';
import { regularisers } from '../../../src/gan/regularisers/registry';
import { recordName, SCHEDULED } from '../../../src/gan/step/names';
import { CURVE_TITLES } from '../../../src/shared/curve-titles';
import { SCORE_KINDS } from '../../../src/shared/scores';

const CHINESE = { 'R1 penalty': 'R1 惩罚', 'Class loss': '类别损失' };

beforeAll(() => {
  // The host injects the translations into the page here.
  vi.stubGlobal('document', { querySelector: () => ({ getAttribute: () => JSON.stringify(CHINESE) }) });
});
afterAll(() => vi.unstubAllGlobals());

it('calls further values what they are called in the language of VS Code, and unknown ones by their name', async () => {
  const { chartsFor } = await import('./definitions');
  const names = ['r1Penalty', 'discriminatorClassLoss', 'generatorClassLoss', 'somethingOfOurs'];
  const charts = chartsFor([{ name: 'run', colour: '' }], names, []).slice(-3);
  expect(charts.map(({ title, lines }) => [title, lines.length])).toEqual([
    ['R1 惩罚', 1],
    ['类别损失', 2],
    ['Something of ours', 1],
  ]);
});

it('explains every score and every value that it knows', async () => {
  const { explainFurther, explainScore } = await import('../../../src/shared/chart-explanations');
  for (const { name } of SCORE_KINDS) expect(explainScore(name), name).toHaveLength(2);
  for (const name of Object.keys(CURVE_TITLES)) expect(explainFurther(name), name).toHaveLength(2);
});

it('says what a score was computed by, and the whole protocol only in its explanation', async () => {
  const { chartsFor, fullTitle } = await import('./definitions');
  const score = { name: 'fid', protocol: '9 samples by classifier 9c1d22e0', caption: 'digit classifier' };
  const chart = chartsFor([{ name: 'run', colour: '' }], [], [score]).at(-1);
  if (chart === undefined) throw new Error('There is no chart.');
  expect(fullTitle(chart)).toBe('FID (digit classifier)');
  expect(chart.explanation.at(-1)).toContain(score.protocol);
});

it('shows nothing above 1 where sample diversity is a share', async () => {
  const { chartsFor } = await import('./definitions');
  const limitsOf = (protocol: string) =>
    chartsFor([{ name: 'run', colour: '' }], [], [{ name: 'sampleDiversity', protocol, caption: '' }]).at(-1)
      ?.limits;
  expect(limitsOf('share of real points with a sample nearby')).toEqual([0, 1]);
  expect(limitsOf('mean pixel distance of samples against real images')).toBeUndefined();
});

it('says where a legend reads the last value and not the mean or best of the run', async () => {
  const { chartsFor } = await import('./definitions');
  const score = { name: 'fid', protocol: 'p', caption: '' };
  const charts = chartsFor([{ name: 'run', colour: '' }], [], [score]);
  expect(charts.filter(({ namesLast }) => namesLast === true).map(({ title }) => title)).toEqual([
    'Throughput',
    'FID',
  ]);
});

it('knows the values that parts record', () => {
  const recorded = [
    ...regularisers
      .filter(({ penalty }) => penalty !== undefined)
      .flatMap(({ name }) => [recordName(name, 'Penalty'), recordName(name, 'Weight')]),
    ...generatorRegularisers.flatMap(({ name }) => [recordName(name, 'Penalty'), recordName(name, 'Weight')]),
    ...Object.values(SCHEDULED),
    ...Object.keys(adam.scheduled?.(adam.options.parse({ beta2: { from: 0, to: 0.9 } })) ?? {}),
    ...generatorLosses.map(({ name }) => recordName(name, 'Loss')),
  ];
  expect(Object.keys(CURVE_TITLES)).toEqual(expect.arrayContaining(recorded));
});
