/** The texts of a report in its language. */
import type { Language } from '../../shared/language';
import { formatText, type LocalizableText, type LocalizableValue } from '../../shared/localizable-text';
import { translationsTo } from '../../shared/translations';

export interface Words {
  readonly language: Language;
  /** A text of the report, with values for its placeholders. */
  t(text: string, ...values: readonly LocalizableValue[]): string;
  /** A text of the core. */
  say(said: LocalizableText): string;
  /** A text of a table, such as the title of a score. */
  listed(english: string): string;
}

export function wordsIn(language: Language): Words {
  const translate = translationsTo(language);
  const say = (said: LocalizableText): string => formatText(said, translate);
  return { language, t: (text, ...values) => say({ text, values }), say, listed: translate };
}
