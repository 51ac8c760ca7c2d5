/** Every page that `npm run docs` writes, by its path in the repository. */
import { parseExperiment } from '../config/load';
import { rules } from '../diagnostics/registry';
import { ruleContext } from '../diagnostics/rule-context';
import { partKinds } from './kinds';
import { indexText, pageText } from './page';
import { troubleshootingText } from './troubleshooting';

/** Holds generated pages and nothing else. */
export const PARTS_FOLDER = 'docs/parts';
export const TROUBLESHOOTING = 'docs/troubleshooting.md';

/** The experiment that the page of findings shows suggestions for. */
const EXAMPLE =
  '{ "data": { "source": "points2d" }, "model": "toy2d", "objective": "minimax", "regularisers": [], "ema": false }';

/** Paths from the root of the repository, with slashes, and their texts. */
export function documentationFiles(): ReadonlyMap<string, string> {
  const example = parseExperiment(EXAMPLE, 'the example of the page');
  return new Map([
    [`${PARTS_FOLDER}/README.md`, indexText(partKinds)],
    ...partKinds.map((kind): [string, string] => [`${PARTS_FOLDER}/${kind.page}.md`, pageText(kind)]),
    [TROUBLESHOOTING, troubleshootingText(rules, ruleContext(example, 'points'))],
  ]);
}
