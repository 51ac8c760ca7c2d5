import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseExperiment } from '../config/load';
import { rules } from '../diagnostics/registry';
import { ruleContext } from '../session/watch';
import { packageRoot } from '../shared/package-root';
import { troubleshootingText } from './troubleshooting';

/** `npm run docs` runs this test with this set, to write the page. */
const WRITE = process.env.WRITE_DOCS === '1';

const FILE = join(packageRoot(), 'docs', 'troubleshooting.md');

const config = parseExperiment(
  '{ "data": { "source": "points2d" }, "model": "toy2d", "objective": "minimax", "regularisers": [], "ema": false }',
  'the example of the page',
);
const text = troubleshootingText(rules, ruleContext(config, 'points'));

if (WRITE) writeFileSync(FILE, text);

it('docs/troubleshooting.md is what the rules say; `npm run docs` writes it', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(text);
  for (const { name, explanation } of rules) {
    expect(text).toContain(`\n## ${name}\n`);
    expect(text).toContain(explanation);
  }
});
