import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { eventually } from '../../test/support/eventually';
import { scriptedTraining } from '../../test/support/scripted-worker';
import { temporaryFolder } from '../../test/support/temporary-folder';
import type { TrainingFailure } from '../shared/worker-protocol';
import * as service from './config-editing/experiment-service';

/** The parts of the editor that messages use: the offered buttons and the user's choice. */
const editor = vi.hoisted(() => ({
  answer: '',
  messages: [''],
  offered: [['']],
  shown: [{}],
  fetched: [''],
  isThere: true,
}));

vi.mock('vscode', () => ({
  Uri: { file: (fsPath: string) => ({ fsPath }) },
  Range: class {
    constructor(
      readonly start: unknown,
      readonly end: unknown,
    ) {}
  },
  Position: class {},
  Location: class {
    constructor(
      readonly uri: unknown,
      readonly range: unknown,
    ) {}
  },
  l10n: {
    t: (text: string, ...values: unknown[]) =>
      text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
  },
  commands: { executeCommand: async () => undefined },
  workspace: {
    isTrusted: true,
    openTextDocument: async () => ({ positionAt: (offset: number) => offset }),
  },
  window: {
    createOutputChannel: () => ({
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
      debug: () => undefined,
    }),
    showErrorMessage: async (message: string, ...actions: string[]) => {
      editor.messages.push(message);
      editor.offered.push(actions);
      return editor.answer;
    },
    showTextDocument: async (uri: object, options: object) => editor.shown.push({ uri, ...options }),
  },
}));

vi.mock('./datasets/fetch-data', () => ({
  ensureFetched: async (_: unknown, name: string) => {
    editor.fetched.push(name);
    return editor.isThere;
  },
}));

const { Uri, window } = await import('vscode');
const { showJobFailure } = await import('./job-failure');

/** Fails a training job before it has a run folder; returns the training manager afterwards. */
function failed(experimentFile: string, failure: Partial<TrainingFailure>) {
  const { manager, worker } = scriptedTraining();
  const request = { type: 'start', experimentFile } as const;
  const job = manager.add(request);
  worker.say({ type: 'failed', failure: { message: 'It failed.', remedy: 'Mend it.', ...failure } });
  worker.emit('exit', 0);
  const log = window.createOutputChannel('GAN', { log: true });
  const runs = { rediscover: async () => undefined };
  const experimentService = () => service;
  const host = { extensionUri: Uri.file('/'), experimentService, log, training: manager, runs };
  return {
    request,
    requests: () => manager.jobs.map((begun) => begun.request),
    show: () => showJobFailure(host, job),
  };
}

beforeEach(() => {
  Object.assign(editor, { answer: '', messages: [], offered: [], shown: [], fetched: [], isThere: true });
});

it('fetches data that is missing and starts, when the person chooses that', async () => {
  editor.answer = 'Fetch and Start';
  const { requests, request, show } = failed('/emoji.gan.json', { missingData: 'emoji' });
  await show();
  await eventually(() => expect(requests()).toEqual([request]));
  expect(editor.offered).toEqual([['Fetch and Start', 'Show Log']]);
  expect(editor.fetched).toEqual(['emoji']);
});

it('starts nothing where the fetch was cancelled', async () => {
  Object.assign(editor, { answer: 'Fetch and Start', isThere: false });
  const { requests, show } = failed('/emoji.gan.json', { missingData: 'emoji' });
  await show();
  await eventually(() => expect(editor.fetched).toEqual(['emoji']));
  expect(requests()).toEqual([]);
});

it('leads to the folder that is missing, where the experiment names it', async () => {
  editor.answer = 'Open Experiment';
  const folder = await temporaryFolder();
  const file = join(folder, 'mine.gan.json');
  const text = '{ "data": { "source": "folder", "folder": "pictures" } }';
  await writeFile(file, text);
  const { show } = failed(file, {});
  await show();
  await eventually(() => expect(editor.shown).toHaveLength(1));
  const start = text.indexOf('"pictures"');
  expect(editor.shown).toMatchObject([
    { uri: { fsPath: file }, selection: { start, end: start + '"pictures"'.length }, preview: false },
  ]);
  await mkdir(join(folder, 'pictures'));
  await failed(file, {}).show();
  expect(editor.offered).toEqual([['Open Experiment', 'Show Log'], ['Show Log']]);
});
