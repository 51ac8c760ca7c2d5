import { expect, it } from 'vitest';
import { linePoints } from '../../test/support/scalar-training';
import type { Dataset, SourceItem } from '../data/source';
import { formatText, localizable } from '../shared/localizable-text';
import { skippedFilesOf, skippedNotice } from './skipped-files';

function datasetWithout(skipped: number): Dataset {
  return {
    train: linePoints(2),
    heldOut: linePoints(2),
    skipped,
    async *origins(): AsyncGenerator<SourceItem> {
      yield { name: 'good.png', part: 'train', index: 0 };
      for (let i = 0; i < skipped; i++)
        yield { name: `${i}.png`, reason: localizable('No label in {0}', 'a.csv') };
    },
  };
}

it('lists skipped files with the reason', async () => {
  const skipped = await skippedFilesOf(datasetWithout(1));
  expect(skipped).toEqual({ count: 1, files: [{ name: '0.png', reason: 'No label in a.csv' }] });
  expect(skipped && formatText(skippedNotice(skipped))).toBe(
    'Files that cannot be used and were skipped: 1.\n  0.png: No label in a.csv',
  );
});

it('lists the first of many, and counts all', async () => {
  const skipped = await skippedFilesOf(datasetWithout(12));
  expect(skipped?.count).toBe(12);
  expect(skipped?.files.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, i) => `${i}.png`));
  expect(skipped && formatText(skippedNotice(skipped)).split('\n').at(-1)).toBe('  and 2 more');
});

it('reports nothing where nothing was skipped', async () => {
  expect(await skippedFilesOf(datasetWithout(0))).toBeUndefined();
});
