import { expect, it, vi } from 'vitest';
import { scriptedTraining } from '../../../test/support/scripted-worker';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createToyRun } from '../../../test/support/toy-run';
import { takeControlRequests } from '../../run-folder/control';
import { saveElsewhere } from './checkpoint-saved';

const editor = vi.hoisted(() => ({ told: [] as string[] }));

vi.mock('vscode', () => {
  const tell = async (text: string): Promise<undefined> => void editor.told.push(text);
  return {
    commands: {},
    env: { language: 'en' },
    l10n: {
      t: (text: string, ...values: readonly unknown[]) =>
        values.reduce((filled: string, value, index) => filled.replace(`{${index}}`, String(value)), text),
    },
    window: { showInformationMessage: tell, showWarningMessage: tell },
    ThemeIcon: class {},
    ThemeColor: class {},
    Uri: class {},
  };
});

const { save, saveInJob } = await import('./save-checkpoint');

function training() {
  const { manager, worker } = scriptedTraining();
  const job = manager.add({ type: 'resume', runFolder: '/w/gan-runs/00001-ring' });
  return { manager, worker, job };
}

it('waits for the worker to say which step it has saved', async () => {
  const { manager, worker, job } = training();
  const step = saveInJob(manager, job);
  expect(worker.received.at(-1)).toMatchObject({ type: 'steer', request: 'checkpoint' });
  worker.say({ type: 'written', what: 'checkpoint', step: 1234, file: '/w/c' });
  expect(await step).toBe(1234);
  expect(manager.events.listenerCount('saved')).toBe(0);
});

it('stops waiting when the training ends', async () => {
  const { manager, worker, job } = training();
  const step = saveInJob(manager, job);
  worker.say({ type: 'ended', status: 'stopped', step: 5 });
  worker.emit('exit', 0);
  expect(await step).toBeUndefined();
});

it('says so where the training ends without another checkpoint', async () => {
  const { manager, worker, job } = training();
  const saved = save(
    { training: manager, closing: new AbortController().signal },
    { job, runFolder: '/w/gan-runs/00001-ring' },
  );
  // First loads the module that inspects other processes.
  await vi.waitUntil(() => worker.received.at(-1)?.type === 'steer');
  worker.say({ type: 'ended', status: 'stopped', step: 5 });
  worker.emit('exit', 0);
  await saved;
  expect(editor.told).toEqual([expect.stringContaining('00001-ring saved no new checkpoint')]);
});

async function runOfAnotherProcess() {
  const run = await createToyRun({
    runsFolder: await temporaryFolder(),
    experimentFile: '/w/toy.gan.json',
  });
  await run.update({ status: 'running' });
  const taken = async (): Promise<void> => {
    while (!(await takeControlRequests(run.folder)).includes('checkpoint'));
  };
  const save = async (step: number): Promise<void> => {
    await run.writeCheckpoint({
      leaves: {},
      state: { schemaVersion: 1, step, images: 0, random: {}, data: { epoch: 0, offset: 0 } },
    });
  };
  return { run, taken, save };
}

it('sees the checkpoint that another process has written', async () => {
  const { run, taken, save } = await runOfAnotherProcess();
  await save(5);
  const step = saveElsewhere(run.folder, new AbortController().signal);
  await taken();
  await save(7);
  expect(await step).toBe(7);
  await run.close();
});

it('names the checkpoint that a paused run has already', async () => {
  const { run, taken, save } = await runOfAnotherProcess();
  await save(5);
  await run.update({ status: 'paused', step: 5 });
  const step = saveElsewhere(run.folder, new AbortController().signal);
  await taken();
  expect(await step).toBe(5);
  await run.close();
});

it('does not wait for a run that ends', async () => {
  const { run } = await runOfAnotherProcess();
  const step = saveElsewhere(run.folder, new AbortController().signal);
  await run.update({ status: 'stopped' });
  expect(await step).toBeUndefined();
  await run.close();
});
