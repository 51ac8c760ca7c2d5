import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { descriptionOf, galleryPage, presetsTable } from '../../scripts/presets-pages.mjs';
import { SCORE_KINDS } from '../../src/shared/scores';

const root = join(__dirname, '..', '..');
const textOf = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8');
const measured: Record<string, { description: string }> = JSON.parse(textOf('docs', 'presets.json'));

it('docs/gallery.md and the table of presets are made from docs/presets.json by `npm run presets`', () => {
  expect(textOf('docs', 'gallery.md')).toBe(galleryPage(measured, SCORE_KINDS));
  const measurements = textOf('docs', 'measurements.md');
  expect(measurements).toBe(presetsTable(measurements, measured, SCORE_KINDS));
});

it.each(Object.entries(measured))('%s is described as in its own file', (name, { description }) => {
  expect(descriptionOf(textOf('examples', `${name}.gan.json`))).toBe(description);
});
