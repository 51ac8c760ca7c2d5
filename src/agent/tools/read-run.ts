import * as z from 'zod';
import { readMetrics } from '../../run-folder/metrics-reader';
import { pathInRun } from '../../run-folder/path-in-run';
import { readLatestConfig } from '../../session/stored-run';
import { RUN_FILES, type StepRecord } from '../../shared/run-format';
import { findingFacts, lookAt, runFacts, scoreFacts } from '../run-facts';
import { asJson, defineTool, runInput, short } from '../tool';

/** Number of records that show the course of the curves. */
const POINTS = 12;

export const readRun = defineTool({
  name: 'read_run',
  title: 'Read Run',
  description:
    'Reads a run: its resolved configuration, the course of its losses, its best scores and its findings with suggested changes. Losses do not tell how good a GAN is; scores do.',
  effect: 'reads',
  input: z.strictObject({
    run: runInput,
    config: z.boolean().default(true).describe('Whether to include the configuration.'),
  }),
  async run({ run: named, config }, { workspace }) {
    const catalogued = await workspace.run(named);
    const { folder } = catalogued.run;
    const look = await lookAt(folder);
    const facts = runFacts(catalogued, look, workspace);
    if (facts.status === 'damaged') return { value: asJson(facts) };
    return {
      value: asJson({
        ...facts,
        scores: look.scores?.map(scoreFacts),
        endedWorseThanBest: look.decline === undefined ? undefined : scoreFacts(look.decline),
        findings: look.findings?.map(findingFacts),
        curves: await curvesOf(folder),
        config: config ? await readLatestConfig(folder) : undefined,
      }),
    };
  },
});

/** Evenly spaced records, the last one included. */
async function curvesOf(folder: string) {
  const records: StepRecord[] = [];
  let every = 1;
  let count = 0;
  let last: StepRecord | undefined;
  for await (const { record } of readMetrics(await pathInRun(folder, RUN_FILES.metrics))) {
    if (record.type !== 'step') continue;
    last = record;
    if (count++ % every === 0) records.push(record);
    if (records.length <= 2 * POINTS) continue;
    every *= 2;
    records.splice(0, records.length, ...records.filter((_, index) => index % 2 === 0));
  }
  if (last !== undefined && records.at(-1) !== last) records.push(last);
  return records.map((record) => ({
    step: record.step,
    discriminatorLoss: short(record.discriminatorLoss),
    generatorLoss: short(record.generatorLoss),
    realScore: short(record.realScore),
    fakeScore: short(record.fakeScore),
    imagesPerSecond: short(record.imagesPerSecond),
  }));
}
