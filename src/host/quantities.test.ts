import { expect, it, vi } from 'vitest';

vi.mock('vscode', () => ({
  env: { language: 'en' },
  l10n: {
    t: (text: string, ...values: readonly unknown[]) =>
      values.reduce((filled: string, value, index) => filled.replace(`{${index}}`, String(value)), text),
  },
}));

const { ageText, agoText, countText, durationText } = await import('./quantities');

it.each([
  [0, '0 s'],
  [59.4, '59 s'],
  [60, '1 min'],
  [59.6 * 60, '1 h 0 min'],
  [7500, '2 h 5 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

it.each([
  [10, 'now', 'just now'],
  [90, '1 min', '1 minute ago'],
  [2 * 3600 + 60, '2 h', '2 hours ago'],
  [26 * 3600, '1 d', '1 day ago'],
])('%d seconds ago is %s, or %s', (seconds, short, words) => {
  const now = Date.parse('2026-01-10T00:00:00Z');
  const since = new Date(now - seconds * 1000).toISOString();
  expect(ageText(since, now)).toBe(short);
  expect(agoText(since, now)).toBe(words);
});

it('groups the digits of a count', () => {
  expect(countText(12_345.4)).toBe('12,345');
});
