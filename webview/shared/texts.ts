/** What the dashboard says, in the language of VS Code. The host puts the translations into the page. */
import { formatText, type LocalizableText, type LocalizableValue } from '../../src/shared/localizable-text';

function readTranslations(): ReadonlyMap<string, string> {
  const content = document.querySelector('meta[name="texts"]')?.getAttribute('content') ?? '{}';
  const texts: Readonly<Record<string, string>> = JSON.parse(content);
  return new Map(Object.entries(texts));
}

const translations = readTranslations();

/** The translation of an English text, with `{0}`, `{1}`, … replaced by the values. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  return translated(text, values);
}

/** The same of a text that a run's records say. */
export function translated(text: string, values: readonly LocalizableValue[] = []): string {
  return formatText({ text, values }, (english) => translations.get(english) ?? english);
}

/** The same of a text that records of older versions say in English alone. */
export function translatedOr(said: LocalizableText | undefined, english: string): string {
  return said === undefined ? english : translated(said.text, said.values);
}
