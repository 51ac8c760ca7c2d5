/**
 * Translations of hovers and completions in experiments. The editor reads them from one schema file per language, so
 * they are needed when those files are generated and never at run time.
 */
import shownInChinese from '../../l10n/bundle.l10n.zh-cn.json';
import explainedInChinese from '../../l10n/schema.zh-cn.json';

/** By language, then by the English text. Texts that the extension also shows elsewhere are translated only there. */
export const schemaTranslations: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  'zh-cn': new Map(Object.entries({ ...shownInChinese, ...explainedInChinese })),
};
