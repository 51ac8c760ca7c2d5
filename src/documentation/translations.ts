/** Translations of the generated pages, which are needed when they are written and never at run time. */
import pagesInChinese from '../../l10n/documentation.zh-cn.json';
import { schemaTranslations } from '../config/schema-translations';

export const CHINESE_PAGES_FILE = 'l10n/documentation.zh-cn.json';

/** Texts that the product also shows elsewhere are translated only there. */
export const chineseTexts: ReadonlyMap<string, string> = new Map([
  ...(schemaTranslations['zh-cn'] ?? []),
  ...Object.entries<string>(pagesInChinese),
]);
