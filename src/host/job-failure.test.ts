import { beforeEach, expect, it, vi } from 'vitest';
import { scriptedTraining } from '../../test/support/scripted-worker';
import type { TrainingFailure, TrainingRequest } from '../shared/worker-protocol';
import * as service from './config-editing/experiment-service';
import { showJobFailure } from './job-failure';

/** The messages shown, and the button that the user presses. */
const editor = vi.hoisted(() => {
  const shown: { message: string; buttons: readonly string[] }[] = [];
  return { shown, pressed: '' };
});

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...values: readonly unknown[]) =>
      values.reduce((filled: string, value, index) => filled.replace(`{${index}}`, String(value)), text),
  },
  window: {
    createOutputChannel: () => ({ show: () => undefined }),
    showErrorMessage: async (message: string, ...buttons: readonly string[]) => {
      editor.shown.push({ message, buttons });
      return editor.pressed;
    },
  },
  Uri: { file: (path: string) => ({ fsPath: path }) },
  commands: { executeCommand: async () => undefined },
  workspace: { isTrusted: true },
}));

const { Uri, window } = await import('vscode');

beforeEach(() => {
  editor.shown.length = 0;
  editor.pressed = '';
});

/** Shows the failure of a job with this request; returns the training manager afterwards. */
async function shownAfter(request: TrainingRequest, failure: TrainingFailure) {
  const { manager, worker } = scriptedTraining();
  const job = manager.add(request);
  worker.say({ type: 'opened', runFolder: RUN });
  worker.say({ type: 'failed', failure });
  worker.emit('exit', 0);
  const rediscover = vi.fn(async () => undefined);
  const log = Object.assign(window.createOutputChannel('GAN', { log: true }), {});
  const host = { extensionUri: Uri.file('/'), experimentService: () => service, log, training: manager };
  await showJobFailure({ ...host, runs: { rediscover } }, job);
  return { manager, rediscover };
}

const RUN = '/w/gan-runs/00001-toy';

const DELETED: TrainingFailure = {
  message: 'The run’s folder was deleted during training: /w/gan-runs/00001-toy.',
  remedy: 'The run cannot be resumed. Train the experiment again.',
  deletedRun: { experimentFile: '/w/toy.gan.json' },
};

it('offers to train the experiment of a deleted run again, and not to resume it', async () => {
  editor.pressed = 'Train Again';
  const { manager, rediscover } = await shownAfter({ type: 'resume', runFolder: RUN }, DELETED);
  expect(editor.shown).toEqual([
    { message: `${DELETED.message} ${DELETED.remedy}`, buttons: ['Train Again', 'Show Log'] },
  ]);
  expect(rediscover).toHaveBeenCalled();
  expect(manager.jobs.map(({ request }) => request)).toEqual([
    { type: 'start', experimentFile: '/w/toy.gan.json' },
  ]);
});

it('trains again as it was asked to', async () => {
  editor.pressed = 'Train Again';
  const request = { type: 'start', experimentFile: '/w/toy.gan.json', threads: 2 } as const;
  const { manager } = await shownAfter(request, DELETED);
  expect(manager.jobs.map((job) => job.request)).toEqual([request]);
});

it('offers nothing but the log where the experiment is gone as well', async () => {
  await shownAfter({ type: 'resume', runFolder: RUN }, { ...DELETED, deletedRun: {} });
  expect(editor.shown[0]?.buttons).toEqual(['Show Log']);
});

it('leads to the findings of a run that became NaN, since it would fail again', async () => {
  const { deletedRun: _, ...failure } = DELETED;
  await shownAfter({ type: 'resume', runFolder: RUN }, { ...failure, tensor: 'generator.dense.kernel' });
  expect(editor.shown[0]?.buttons).toEqual(['Open Dashboard', 'Show Log']);
});

it('offers to resume a run that is there', async () => {
  const { deletedRun: _, ...failure } = DELETED;
  await shownAfter({ type: 'resume', runFolder: RUN }, failure);
  expect(editor.shown[0]?.buttons).toEqual(['Resume', 'Show Log']);
});
