/**
 * Texts that the core says and that people may read in another language: the English text keeps places for its values,
 * so that whoever shows it can translate it first.
 */

/** `text` has the places `{0}`, `{1}`, … for the values. */
export interface Said {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

/** What went wrong, and what to do about it. */
export interface SaidFailure {
  readonly message: Said;
  readonly remedy: Said;
}

export function said(text: string, ...values: readonly (string | number)[]): Said {
  return { text, values };
}

/** The text, English as it is or translated, with its values in their places. */
export function filled({ text, values }: Said): string {
  return text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}
