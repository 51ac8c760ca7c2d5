/** The editor's translations for everything outside of it: the command line, reports, and the documentation. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from './language';
import { packageRoot } from './package-root';

/** Returns the text in another language, or the English one if there is no translation. */
export type Translate = (english: string) => string;

const english: Translate = (text) => text;

const known = new Map<Language, Translate>([['en', english]]);

/** Reads the translations of a language when they are first asked for. */
export function translationsTo(language: Language): Translate {
  const translate = known.get(language) ?? readTranslations(language);
  known.set(language, translate);
  return translate;
}

function readTranslations(language: Language): Translate {
  const file = join(packageRoot(), 'l10n', `bundle.l10n.${language}.json`);
  const texts: Readonly<Record<string, string>> = JSON.parse(readFileSync(file, 'utf8'));
  return (text) => texts[text] ?? text;
}
