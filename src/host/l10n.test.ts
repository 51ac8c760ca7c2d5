import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(__dirname, '..', '..');

/** Texts are written out where they are used: what is put together at run time cannot be translated. */
function shownTexts(): string[] {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const texts = sources.flatMap((name) => {
    const source = readFileSync(join(__dirname, name), 'utf8');
    return [...source.matchAll(/l10n\.t\(\s*'((?:\\.|[^'\\])*)'/g)].map((match) => match[1] ?? '');
  });
  return [...new Set(texts)].sort();
}

describe('the strings of the extension', () => {
  const bundles = readdirSync(join(root, 'l10n'));

  it('are all found by this test', () => {
    const calls = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) => readFileSync(join(__dirname, name), 'utf8').match(/l10n\.t\(\s*[^'\s]/g) ?? []);
    expect(calls).toEqual([]);
    expect(shownTexts().length).toBeGreaterThan(0);
  });

  it.each(bundles)('%s translates every one, with the same places for values', (bundle) => {
    const translations: Record<string, string> = JSON.parse(readFileSync(join(root, 'l10n', bundle), 'utf8'));
    expect(Object.keys(translations).sort()).toEqual(shownTexts());
    const places = (text: string): string[] => (text.match(/\{\d\}/g) ?? []).sort();
    for (const [text, translation] of Object.entries(translations))
      expect(places(translation), text).toEqual(places(text));
  });
});
