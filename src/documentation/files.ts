/** All pages that `npm run docs` generates, in both languages, by their paths in the repository. */
import { parseExperiment } from '../config/load';
import { rules } from '../diagnostics/registry';
import { ruleContext } from '../diagnostics/rule-context';
import type { Translate } from '../shared/translations';
import { partKinds } from './kinds';
import { indexText, pageText } from './page';
import { CHINESE_PAGES_FILE, chineseTexts } from './translations';
import { troubleshootingText } from './troubleshooting';
import { CHINESE_FOLDER, chinese, english, type Wording } from './wording';

/** Contains only generated pages. */
export const PARTS_FOLDER = 'docs/parts';
export const TROUBLESHOOTING = 'docs/troubleshooting.md';

/** Example experiment, for which the page of findings shows suggestions. */
const EXAMPLE =
  '{ "data": { "source": "points2d" }, "model": "toy2d", "objective": "minimax", "regularisers": [], "ema": false }';

/** Returns the texts by path, relative to the repository root, with forward slashes. */
export function documentationFiles(): ReadonlyMap<string, string> {
  return new Map([
    ...pagesIn(PARTS_FOLDER, english),
    [TROUBLESHOOTING, troubleshooting(english)],
    ...chineseFiles((text) => chineseTexts.get(text) ?? text),
  ]);
}

/** Texts of the pages that have no translation, by the file where they belong. */
export function untranslatedPages(): Readonly<Record<string, readonly string[]>> {
  return { [CHINESE_PAGES_FILE]: [...translatableTexts()].filter((text) => !chineseTexts.has(text)) };
}

/** Every text of the pages that is not the same in all languages. */
export function translatableTexts(): ReadonlySet<string> {
  const asked = new Set<string>();
  chineseFiles((text) => {
    // Placeholders alone are names and numbers.
    if (!/^(?:\{\d+\})*$/.test(text)) asked.add(text);
    return text;
  });
  return asked;
}

/** The pages are beside the English ones, in a folder of their own. */
function chineseFiles(translate: Translate): ReadonlyMap<string, string> {
  const wording = chinese(translate);
  return new Map([
    ...pagesIn(`${PARTS_FOLDER}/${CHINESE_FOLDER}`, wording),
    [`docs/${CHINESE_FOLDER}/troubleshooting.md`, troubleshooting(wording)],
  ]);
}

function pagesIn(folder: string, wording: Wording): ReadonlyMap<string, string> {
  return new Map([
    [`${folder}/README.md`, indexText(partKinds, wording)],
    ...partKinds.map((kind): [string, string] => [`${folder}/${kind.page}.md`, pageText(kind, wording)]),
  ]);
}

function troubleshooting(wording: Wording): string {
  const example = parseExperiment(EXAMPLE, 'the example of the page');
  return troubleshootingText(rules, ruleContext(example, 'points'), wording);
}
