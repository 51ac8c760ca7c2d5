import { expect, it } from 'vitest';
import { type CardQueries, freeCardMemory } from './card-memory';

const GIGABYTE = 2 ** 30;
const none: CardQueries = { nvidiaSmi: () => undefined, amdCards: () => [] };

it.each([
  ['NVIDIA', '8192\n', 8 * GIGABYTE],
  ['NVIDIA', '512\n24576\n', 24 * GIGABYTE],
  ['NVIDIA', '[N/A]\n', undefined],
  ['NVIDIA', undefined, undefined],
  ['Intel', '8192\n', undefined],
])('of %s, where nvidia-smi prints %j', (adapter, printed, expected) => {
  expect(freeCardMemory(adapter, { ...none, nvidiaSmi: () => printed })).toBe(expected);
});

it.each([
  [[[`${16 * GIGABYTE}\n`, `${GIGABYTE}\n`]], 15 * GIGABYTE],
  // Within a processor: the main memory is used as well.
  [[[`${GIGABYTE / 2}\n`, '0\n']], undefined],
  [[], undefined],
])('of AMD cards with %j', (cards, expected) => {
  const amdCards: CardQueries['amdCards'] = () => cards.map(([total = '', used = '']) => [total, used]);
  expect(freeCardMemory('AMD', { ...none, amdCards })).toBe(expected);
});

it('asks the system without failing where there is no card', () => {
  for (const adapter of ['NVIDIA', 'AMD', 'SwiftShader'])
    expect(['number', 'undefined']).toContain(typeof freeCardMemory(adapter));
});
