/** The languages of the product, and which of them a language tag means. */

export const LANGUAGES = ['en', 'zh-cn'] as const;

export type Language = (typeof LANGUAGES)[number];

/** @param tag of any form: `zh-cn`, `zh_TW.UTF-8`, `C` */
export function languageOf(tag: string): Language {
  return /^zh(?![a-z])/i.test(tag) ? 'zh-cn' : 'en';
}
