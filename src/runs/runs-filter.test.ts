import { describe, expect, it } from 'vitest';
import { fits } from '../shared/words';
import type { CataloguedRun } from './run-catalogue';
import { searchedText } from './runs-filter';

const damaged: CataloguedRun = {
  run: { folder: '/work/gan-runs/00007-digits', problem: 'torn' },
  labels: { schemaVersion: 1, name: 'Wide critic', tags: ['good', 'paper'], note: 'secret' },
};

describe('the filter of runs', () => {
  const text = searchedText(damaged, 'damaged');

  it.each(['wide', 'CRITIC wide', '00007', 'digits', '#paper', 'damag', '', '  '])('%o fits', (filter) => {
    expect(fits(text, filter)).toBe(true);
  });

  it.each(['wide digit5', '#papers', 'gan-runs', 'secret', 'critic\u0000'])('%o does not fit', (filter) => {
    expect(fits(text, filter)).toBe(false);
  });
});
