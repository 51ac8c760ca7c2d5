import * as z from 'zod';
import { configDifferences } from '../../config/difference';
import { readLatestConfig } from '../../session/stored-run';
import { localizable } from '../../shared/localizable-text';
import { AgentError } from '../agent-workspace';
import { lookAt, runFacts, scoreFacts } from '../run-facts';
import { asJson, defineTool, runInput } from '../tool';

export const compareRuns = defineTool({
  name: 'compare_runs',
  title: 'Compare Runs',
  description:
    'Compares runs: the settings in which they differ from the first one, and their best scores. Only scores of the same protocol can be compared; a difference between single seeds may be chance.',
  effect: 'reads',
  input: z.strictObject({ runs: z.array(runInput).min(2).max(10).describe('The runs to compare.') }),
  async run({ runs: named }, { workspace }) {
    const all = await workspace.runs();
    const runs = await Promise.all(named.map((name) => workspace.run(name, all)));
    const damaged = runs.find(({ run }) => !('record' in run));
    if (damaged !== undefined)
      throw new AgentError(
        localizable('{0} is damaged.', workspace.shown(damaged.run.folder)),
        localizable('Leave it out.'),
      );
    const configs = await Promise.all(runs.map(({ run }) => readLatestConfig(run.folder)));
    const [first] = configs;
    const compared = await Promise.all(
      runs.map(async (run, index) => {
        const look = await lookAt(run.run.folder);
        const config = configs[index];
        const differences =
          first === undefined || config === undefined ? [] : configDifferences(first, config);
        return {
          ...runFacts(run, look, workspace),
          scores: look.scores?.map(scoreFacts),
          settings: Object.fromEntries(differences.map(({ key, after }) => [key, after ?? null])),
        };
      }),
    );
    return { value: asJson({ baseline: compared[0]?.run, runs: compared }) };
  },
});
