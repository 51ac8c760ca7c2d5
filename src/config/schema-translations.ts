/**
 * What hovers and completions of experiments say in other languages. The editor reads them from a schema file for each
 * language, so that these texts are needed when the files are written and never at run time.
 */
import shownInChinese from '../../l10n/bundle.l10n.zh-cn.json';
import explainedInChinese from '../../l10n/schema.zh-cn.json';

/** By language, and by the English text. What the extension shows elsewhere too is translated there alone. */
export const schemaTranslations: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  'zh-cn': new Map(Object.entries({ ...shownInChinese, ...explainedInChinese })),
};
