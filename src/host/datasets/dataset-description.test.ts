import { expect, it, vi } from 'vitest';
import { describeData } from '../config-editing/experiment-service';
import { type DatasetRow, datasetDescription, sizeTexts } from './dataset-description';

vi.mock('vscode', () => ({ l10n: { t: (text: string, value: string) => text.replace('{0}', value) } }));

/** Row of a dataset whose number of examples is known. */
function row(data: object): DatasetRow {
  const described = describeData(JSON.stringify({ data }), 'x.gan.json');
  const classes = described.classes === undefined ? [] : [`${described.classes} classes`];
  const traits = [...sizeTexts(described), ...classes];
  return { title: described.title, traits, settings: described.settings, count: 500 };
}

function descriptions(...data: readonly object[]): readonly string[] {
  const rows = data.map(row);
  return rows.map((one) => datasetDescription(one, rows));
}

it('begins with the number of examples where the title is enough', () => {
  expect(descriptions({ source: 'digits' }, { source: 'fashion' })).toEqual([
    '500 examples · 28×28×1 · 10 classes',
    '500 examples · 28×28×1 · 10 classes',
  ]);
});

it('begins with the size where one title has several, with that of the inputs', () => {
  expect(
    descriptions(
      { source: 'digits' },
      { source: 'digits', imageSize: 32 },
      { source: 'digits', superResolution: 4 },
    ),
  ).toEqual([
    '28×28×1 · 500 examples · 10 classes',
    '32×32×1 · 500 examples · 10 classes',
    '7×7 → 28×28×1 · 500 examples · 10 classes',
  ]);
});

it('begins with the settings that differ where nothing else does', () => {
  const emoji = { source: 'emoji', imageSize: 32 };
  expect(descriptions({ ...emoji, use: 'pairs' }, { ...emoji, use: 'unpaired' })).toEqual([
    expect.stringMatching(/^use: pairs · 500 examples · 32×32×3/),
    expect.stringMatching(/^use: unpaired · 500 examples · 32×32×3/),
  ]);
});
