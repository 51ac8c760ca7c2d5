import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { generatorLosses } from '../../src/gan/generator-losses/registry';
import { regularisers } from '../../src/gan/regularisers/registry';
import { recordName } from '../../src/gan/step/names';
import { CURVE_TITLES } from '../../src/shared/curve-titles';

const CHINESE = { 'R1 penalty': 'R1 惩罚', 'Class loss': '类别损失' };

beforeAll(() => {
  // Where the host puts the translations for the page.
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

it('knows the values that parts record', () => {
  const recorded = [
    ...regularisers
      .filter(({ penalty }) => penalty !== undefined)
      .map(({ name }) => recordName(name, 'Penalty')),
    ...generatorLosses.map(({ name }) => recordName(name, 'Loss')),
  ];
  expect(Object.keys(CURVE_TITLES)).toEqual(expect.arrayContaining(recorded));
});
