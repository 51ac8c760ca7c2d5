/** The texts of the command line in its language. */
import type { Language } from '../shared/language';
import { formatText, type LocalizableText, type LocalizableValue } from '../shared/localizable-text';
import { type Translate, translationsTo } from '../shared/translations';

let language: Language = 'en';
let translate: Translate = translationsTo('en');

/** Applies to all texts from now on, which are English before. */
export function speak(chosen: Language): void {
  language = chosen;
  translate = translationsTo(chosen);
}

export function spokenLanguage(): Language {
  return language;
}

/** A text of a table, such as the title of a score. */
export function inLanguage(english: string): string {
  return translate(english);
}

/** A text with values for its placeholders `{0}`, `{1}`, …. */
export function t(text: string, ...values: readonly LocalizableValue[]): string {
  return translated({ text, values });
}

/** A text of the core; records of older versions have English ones only. */
export function translated(said: LocalizableText): string;
export function translated(said: LocalizableText | undefined, english: string): string;
export function translated(said: LocalizableText | undefined, english = ''): string {
  return said === undefined ? english : formatText(said, translate);
}
