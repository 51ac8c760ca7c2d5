import { expect, it } from 'vitest';
import { docText } from './script';

it('a name from elsewhere neither ends a docstring nor escapes anything in it', () => {
  expect(docText('x"""\nimport os\n\\N{')).toBe('x____import os__N{');
  expect(docText('Ziffern 数字 (2)')).toBe('Ziffern 数字 (2)');
});
