/**
 * Deliberately provoked failures: trains each experiment in test/provocations that takes a few seconds. Longer ones are
 * left to `bench/evidence/diagnostics.mjs`, which records the result of each.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadExperiment } from '../../src/config/load';
import { rules } from '../../src/diagnostics/registry';
import { startSession } from '../../src/session/training-session';
import { temporaryFolder } from '../support/temporary-folder';

const FOLDER = join(import.meta.dirname, '..', 'provocations');
const SUFFIX = '.gan.json';
const LONG = ['discriminator-overpowering', 'diversity-loss', 'memorisation'];

const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));

/** Other rules that fire too, as the cause or the consequence. */
const COMPANY: Readonly<Record<string, readonly string[]>> = {
  'generator-gradient-vanishing': ['discriminator-overpowering'],
};

it('there is one for each rule', () => {
  expect(names.toSorted()).toEqual(rules.map(({ name }) => name).toSorted());
});

it.each(names.filter((name) => !LONG.includes(name)))('%s is found, and little else', async (name) => {
  const experiment = await loadExperiment(join(FOLDER, `${name}${SUFFIX}`), ['engine.threads=1']);
  const found = new Set<string>();
  const session = await startSession({
    experiment,
    runsFolder: await temporaryFolder(),
    observer: { onFinding: ({ rule }) => void found.add(rule) },
  });
  await session.run();
  expect([...found].toSorted()).toEqual([name, ...(COMPANY[name] ?? [])].toSorted());
});
