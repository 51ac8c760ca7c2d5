/** All pages that `npm run docs` generates, by their paths in the repository. */
import { parseExperiment } from '../config/load';
import { rules } from '../diagnostics/registry';
import { ruleContext } from '../diagnostics/rule-context';
import { partKinds } from './kinds';
import { indexText, pageText } from './page';
import { troubleshootingText } from './troubleshooting';

/** Contains only generated pages. */
export const PARTS_FOLDER = 'docs/parts';
export const TROUBLESHOOTING = 'docs/troubleshooting.md';

/** Example experiment, for which the page of findings shows suggestions. */
const EXAMPLE =
  '{ "data": { "source": "points2d" }, "model": "toy2d", "objective": "minimax", "regularisers": [], "ema": false }';

/** Returns the texts by path, relative to the repository root, with forward slashes. */
export function documentationFiles(): ReadonlyMap<string, string> {
  const example = parseExperiment(EXAMPLE, 'the example of the page');
  return new Map([
    [`${PARTS_FOLDER}/README.md`, indexText(partKinds)],
    ...partKinds.map((kind): [string, string] => [`${PARTS_FOLDER}/${kind.page}.md`, pageText(kind)]),
    [TROUBLESHOOTING, troubleshootingText(rules, ruleContext(example, 'points'))],
  ]);
}
