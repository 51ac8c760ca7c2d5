import { expect, it } from 'vitest';
import { markdownText } from './markdown';

it('leaves names as they are, on one line', () => {
  expect(markdownText('T-shirt/top 3.5 und Müll')).toBe('T-shirt/top 3.5 und Müll');
  expect(markdownText('two\n\n# lines')).toBe('two \\# lines');
});

it.each([
  ['[here](https://example.org)', '\\[here\\]\\(https://example.org\\)'],
  ['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert\\(1\\)\\>'],
  ['a | b', 'a \\| b'],
  ['`code` and \\', '\\`code\\` and \\\\'],
  ['&lt;', '\\&lt;'],
])('lets no markup through: %s', (text, escaped) => {
  expect(markdownText(text)).toBe(escaped);
});
