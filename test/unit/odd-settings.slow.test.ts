/** Trains the ring with one setting out of the ordinary at a time: findings must name it, and suggest nothing else. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadExperiment } from '../../src/config/load';
import { startSession } from '../../src/session/training-session';
import type { FindingRecord } from '../../src/shared/run-format';
import { temporaryFolder } from '../support/temporary-folder';

const RING = join(import.meta.dirname, '../../examples/toy-ring.gan.json');

async function findingsWith(override: string): Promise<readonly FindingRecord[]> {
  const small = ['generator.hidden=[32,32]', 'discriminator.hidden=[32,32]', 'engine.threads=1'];
  const often = ['length.steps=500', 'logging.sampleEvery=60'];
  const findings: FindingRecord[] = [];
  const session = await startSession({
    experiment: await loadExperiment(RING, [...small, ...often, override]),
    runsFolder: await temporaryFolder(),
    observer: { onFinding: (finding) => void findings.push(finding) },
  });
  await session.run();
  return findings;
}

it.each([
  ['optimiser.generatorLearningRate=1e-9', ['stalled'], 'optimiser.generatorLearningRate'],
  ['ema={"decay":0.999999,"rampUp":0}', ['stalled'], 'ema.decay'],
  ['regularisers=[{"name":"r1","weight":1e5}]', ['nan-precursors', 'mode-collapse'], 'regularisers'],
  ['latent.size=1', ['mode-collapse'], 'latent.size'],
])('%s is named by what it causes', async (override, rules, key) => {
  const findings = await findingsWith(override);
  expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(rules));
  for (const { message, changes = [] } of findings) {
    expect(message).toContain(`Likely cause: "${key}"`);
    expect(changes).toHaveLength(1);
    expect(Object.keys(changes[0]?.set ?? {})).toContain(key);
  }
});
