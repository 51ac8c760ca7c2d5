import { beforeEach, expect, it, vi } from 'vitest';
import { Uri } from 'vscode';
import type { GanCommandLine } from '../commands/gan-process';
import { startOnSlurm } from './start-on-slurm';

/** The editor's settings and answers, the cluster's, and what was asked of both. */
const told = vi.hoisted(() => ({
  settings: {} as Record<string, unknown>,
  texts: {} as Record<string, string>,
  hasSlurm: true,
  messages: [] as string[],
  commands: [] as (readonly string[])[],
}));

vi.mock('vscode', () => ({
  env: { language: 'en' },
  ProgressLocation: { Notification: 15 },
  Uri: class {
    constructor(readonly fsPath: string) {}
    static file = (fsPath: string) => new this(fsPath);
    static joinPath = (base: { readonly fsPath: string }, ...parts: readonly string[]) =>
      new this([base.fsPath, ...parts].join('/'));
  },
  l10n: {
    t: (text: string, ...values: readonly unknown[]) =>
      text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
  },
  window: {
    showInformationMessage: async (text: string) => void told.messages.push(text),
    withProgress: async (_: unknown, act: (...args: readonly unknown[]) => Promise<unknown>) =>
      await act({}, { onCancellationRequested: () => undefined }),
  },
  workspace: {
    textDocuments: [],
    getConfiguration: () => ({ get: (key: string) => told.settings[key] }),
    openTextDocument: async (file: string) => ({ getText: () => told.texts[file] ?? '' }),
  },
}));
vi.mock('../commands/targets', () => ({
  experimentOf: (target: unknown) => (target instanceof Uri ? target.fsPath : undefined),
}));
vi.mock('../commands/pick-experiment', () => ({}));
vi.mock('../experiments/runs-model', () => ({}));
vi.mock('../tasks/find-sweeps', () => ({}));
vi.mock('../commands/gan-process', () => ({
  async runGan({ args, onLine }: GanCommandLine) {
    told.commands.push(args);
    onLine({ type: 'slurmJob', job: 7, tasks: 1, script: '/w/job.sh' }, '');
    return true;
  },
}));
vi.mock('../../slurm/find-slurm', () => ({ hasSlurm: async () => told.hasSlurm }));

const host = () => ({
  extensionUri: Uri.file('/extension'),
  closing: new AbortController().signal,
  log: { info: () => undefined },
  runs: { rediscover: async () => undefined },
});

beforeEach(() => {
  Object.assign(told, {
    settings: {},
    hasSlurm: true,
    messages: [],
    commands: [],
  });
});

it('submits an experiment with the resources of the settings', async () => {
  told.settings = {
    'gan.slurm.partition': 'gpu',
    'gan.slurm.time': '',
    'gan.slurm.cpus': 8,
    'gan.slurm.gpus': 0,
    'gan.slurm.setup': ['module load nodejs', 'export A=1'],
    'gan.slurm.options': [],
  };
  await startOnSlurm(host(), Uri.file('/w/digits.gan.json'));
  const set = ['partition=gpu', 'cpus=8', 'setup=module load nodejs', 'setup=export A=1'];
  expect(told.commands).toEqual([
    ['train', '/w/digits.gan.json', '--slurm', ...set.flatMap((one) => ['--slurm-set', one])],
  ]);
  expect(told.messages).toEqual(['Submitted digits to Slurm as job 7.']);
});

it('leaves a sweep what it asks for itself, and gives any other the resources of the settings', async () => {
  told.settings = { 'gan.slurm.cpus': 8 };
  told.texts = { '/w/a.gan-sweep.json': '{ "slurm": { "cpus": 2 }, }', '/w/b.gan-sweep.json': '{}' };
  await startOnSlurm(host(), Uri.file('/w/a.gan-sweep.json'));
  await startOnSlurm(host(), Uri.file('/w/b.gan-sweep.json'));
  expect(told.commands).toEqual([
    ['sweep', '/w/a.gan-sweep.json', '--slurm'],
    ['sweep', '/w/b.gan-sweep.json', '--slurm', '--slurm-set', 'cpus=8'],
  ]);
});

it('says in a sentence that there is no Slurm', async () => {
  told.hasSlurm = false;
  await startOnSlurm(host(), Uri.file('/w/digits.gan.json'));
  expect([told.messages, told.commands]).toEqual([
    [expect.stringMatching(/^There is no command sbatch on this machine\./)],
    [],
  ]);
});
