import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { stepRecord } from '../../../test/support/told-run';
import { createToyRun } from '../../../test/support/toy-run';
import type { CataloguedRun } from '../../runs/run-catalogue';
import { type MetricsRecord, RUN_SCHEMA_VERSION } from '../../shared/run-format';
import { AgentWorkspace } from '../agent-workspace';
import { callTool } from '../call-tool';
import { waitForRun } from './wait-for-run';

function errorOf(rule: string, step: number): MetricsRecord {
  const told = { title: rule, message: rule, severity: 'error', evidence: {} } as const;
  return { schemaVersion: RUN_SCHEMA_VERSION, type: 'finding', step, rule, ...told };
}

/** Adds something to the records of a run before it is read for the second time. */
class ChangingWorkspace extends AgentWorkspace {
  readonly #change: () => Promise<unknown>;

  constructor(path: string, change: () => Promise<unknown>) {
    super([{ name: 'root', path }]);
    this.#change = change;
  }

  override async again(run: CataloguedRun): Promise<CataloguedRun> {
    await this.#change();
    return await super.again(run);
  }
}

async function waited(later: MetricsRecord, input: object) {
  const folder = await temporaryFolder();
  const run = await createToyRun({
    runsFolder: join(folder, 'gan-runs'),
    experimentFile: join(folder, 'toy.gan.json'),
  });
  onTestFinished(() => run.close());
  await run.append(stepRecord(1));
  await run.append(errorOf('collapse', 1));
  const workspace = new ChangingWorkspace(folder, () => run.append(later));
  const trainer = { start: refuse, resume: refuse, sweep: refuse };
  const context = { workspace, trainer, signal: new AbortController().signal };
  return await callTool(waitForRun, { run: '1', seconds: 300, ...input }, context);
}

function refuse(): never {
  throw new RangeError('waiting trains nothing');
}

it('waits for a step of a run that already has an error', async () => {
  const outcome = await waited(stepRecord(2), { step: 2 });
  expect(outcome).toMatchObject({ answer: { value: { step: 2, ended: false } } });
});

it('returns at once when a run has another error', async () => {
  const outcome = await waited(errorOf('explosion', 1), {});
  expect(outcome).toMatchObject({
    answer: { value: { ended: false, findings: [{ rule: 'collapse' }, { rule: 'explosion' }] } },
  });
});
