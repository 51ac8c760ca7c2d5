/**
 * Texts from the core that can be shown in another language: the English text keeps placeholders for its values, so
 * that the front end can translate it before formatting.
 */

/** `text` has the placeholders `{0}`, `{1}`, … for the values, some of which may need translation themselves. */
export interface LocalizableText {
  readonly text: string;
  readonly values: readonly LocalizableValue[];
}

export type LocalizableValue = string | number | LocalizableText;

/** The problem, and how to fix it. */
export interface LocalizableFailure {
  readonly message: LocalizableText;
  readonly remedy: LocalizableText;
}

export function localizable(text: string, ...values: readonly LocalizableValue[]): LocalizableText {
  return { text, values };
}

/** Names, numbers and symbols, which are the same in every language. */
export function verbatim(...values: readonly LocalizableValue[]): LocalizableText {
  return { text: values.map((_, index) => `{${index}}`).join(''), values };
}

/** A list of alternatives: `a, b or c`. */
export function anyOf(choices: readonly LocalizableValue[]): LocalizableText {
  const last = choices.at(-1) ?? '';
  const others = choices.slice(0, -1);
  if (others.length === 0) return verbatim(last);
  const listed = others.flatMap((choice, index) => (index === 0 ? [choice] : [', ', choice]));
  return localizable('{0} or {1}', verbatim(...listed), last);
}

/** The text with its values filled in; English by default. */
export function formatText(
  { text, values }: LocalizableText,
  translate = (english: string): string => english,
): string {
  return translate(text).replace(/\{(\d+)\}/g, (_, index: string) => {
    const value = values[Number(index)] ?? '';
    return typeof value === 'object' ? formatText(value, translate) : String(value);
  });
}
