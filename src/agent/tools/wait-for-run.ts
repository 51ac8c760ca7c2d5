import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { ScoreReader } from '../../runs/score-reader';
import { isLive } from '../../shared/run-format';
import { lookAt, runFacts } from '../run-facts';
import { asJson, defineTool, runInput } from '../tool';

const POLL_INTERVAL_MS = 500;

export const waitForRun = defineTool({
  name: 'wait_for_run',
  title: 'Wait for Run',
  description:
    'Waits until a run has ended, has reached a step, or has a new finding that is an error, and returns its state. Call it again if none of these has happened yet.',
  effect: 'reads',
  input: z.strictObject({
    run: runInput,
    step: z.int().min(0).optional().describe('Step to wait for. Default: the end.'),
    seconds: z
      .int()
      .min(1)
      .max(300)
      .default(45)
      .describe('The longest time to wait. Many clients give up after 60.'),
  }),
  async run({ run: named, step, seconds }, { workspace, signal }) {
    const end = performance.now() + 1000 * seconds;
    let catalogued = await workspace.run(named);
    const { folder } = catalogued.run;
    const reader = new ScoreReader(folder);
    // Errors that the run has already would end every wait.
    let known: readonly string[] | undefined;
    for (;;) {
      const facts = runFacts(catalogued, await lookAt(folder, reader), workspace);
      const hasEnded = !('status' in catalogued.run) || !isLive(catalogued.run.status);
      const hasReached = step !== undefined && 'step' in facts && facts.step >= step;
      const errors = errorsIn(facts);
      known ??= errors;
      const hasNewError = errors.some((rule) => known?.includes(rule) === false);
      if (hasEnded || hasReached || hasNewError || performance.now() >= end)
        return { value: asJson({ ...facts, ended: hasEnded }) };
      await sleep(POLL_INTERVAL_MS, undefined, { signal });
      catalogued = await workspace.again(catalogued);
    }
  },
});

/** Names of the rules. */
function errorsIn(facts: ReturnType<typeof runFacts>): string[] {
  const findings = 'findings' in facts ? (facts.findings ?? []) : [];
  return findings.flatMap(({ rule, severity }) => (severity === 'error' ? rule : []));
}
