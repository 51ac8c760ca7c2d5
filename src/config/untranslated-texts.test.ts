import { expect, it, vi } from 'vitest';
import { EXPERIMENT_FORMAT, untranslatedTexts } from './json-schema';

vi.mock('./schema-translations', () => ({
  schemaTranslations: { 'zh-cn': new Map([['Batch normalisation.', '批归一化。']]) },
}));

it('names the texts of experiments that have no translation, and the file where it belongs', () => {
  const { 'l10n/schema.zh-cn.json': missing, ...others } = untranslatedTexts([EXPERIMENT_FORMAT]);
  expect(others).toEqual({});
  expect(missing).toContain('Layer normalisation.');
  expect(missing).not.toContain('Batch normalisation.');
});
