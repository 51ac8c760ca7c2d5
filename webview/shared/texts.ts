/** Localised texts of the pages. The host injects the translations into the page. */
import { formatText, type LocalizableText, type LocalizableValue } from '../../src/shared/localizable-text';

function readTranslations(): ReadonlyMap<string, string> {
  const content = document.querySelector('meta[name="texts"]')?.getAttribute('content') ?? '{}';
  const texts: Readonly<Record<string, string>> = JSON.parse(content);
  return new Map(Object.entries(texts));
}

const translations = readTranslations();

/** Translates an English text and replaces `{0}`, `{1}`, … with the values. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  return translated(text, values);
}

/** Translates a text from a run's records. */
export function translated(text: string, values: readonly LocalizableValue[] = []): string {
  return formatText({ text, values }, (english) => translations.get(english) ?? english);
}

/** Same, for a text of the core with its values. */
export function localized({ text, values }: LocalizableText): string {
  return translated(text, values);
}

/** Same, for a text that records of older versions contain in English only. */
export function translatedOr(said: LocalizableText | undefined, english: string): string {
  return said === undefined ? english : translated(said.text, said.values);
}
