/**
 * Texts that the core says and that people may read in another language: the English text keeps places for its values,
 * so that whoever shows it can translate it first.
 */

/** `text` has the places `{0}`, `{1}`, … for the values, of which some may have to be translated themselves. */
export interface LocalizableText {
  readonly text: string;
  readonly values: readonly LocalizableValue[];
}

export type LocalizableValue = string | number | LocalizableText;

/** What went wrong, and what to do about it. */
export interface LocalizableFailure {
  readonly message: LocalizableText;
  readonly remedy: LocalizableText;
}

export function localizable(text: string, ...values: readonly LocalizableValue[]): LocalizableText {
  return { text, values };
}

/** Names, numbers and signs, which are the same in every language. */
export function verbatim(...values: readonly LocalizableValue[]): LocalizableText {
  return { text: values.map((_, index) => `{${index}}`).join(''), values };
}

/** One of several: `a, b or c`. */
export function anyOf(choices: readonly LocalizableValue[]): LocalizableText {
  const last = choices.at(-1) ?? '';
  const others = choices.slice(0, -1);
  if (others.length === 0) return verbatim(last);
  const listed = others.flatMap((choice, index) => (index === 0 ? [choice] : [', ', choice]));
  return localizable('{0} or {1}', verbatim(...listed), last);
}

/** The text with its values in their places; English where no translation is given. */
export function formatText(
  { text, values }: LocalizableText,
  translate = (english: string): string => english,
): string {
  return translate(text).replace(/\{(\d+)\}/g, (_, index: string) => {
    const value = values[Number(index)] ?? '';
    return typeof value === 'object' ? formatText(value, translate) : String(value);
  });
}
