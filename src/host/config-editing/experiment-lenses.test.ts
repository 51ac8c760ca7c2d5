import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { CodeLensProvider } from 'vscode';
import { RING_RECORD as record } from '../../../test/support/run-records';
import { temporaryFolder } from '../../../test/support/temporary-folder';

const editor = vi.hoisted(() => ({ isTrusted: true, registered: [] as CodeLensProvider[] }));

vi.mock('vscode', () => ({
  CodeLens: class {
    constructor(
      readonly range: unknown,
      readonly command: unknown,
    ) {}
  },
  Disposable: { from: () => ({ dispose: () => undefined }) },
  EventEmitter: class {
    readonly #listeners: (() => void)[] = [];
    readonly event = (listener: () => void) => this.#listeners.push(listener);
    fire(): void {
      for (const listener of this.#listeners) listener();
    }
  },
  l10n: { t: (text: string) => text },
  languages: {
    registerCodeLensProvider: (_: unknown, provider: CodeLensProvider) => editor.registered.push(provider),
  },
  Range: class {},
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
  },
}));

const { registerExperimentLenses } = await import('./experiment-lenses');

const labels = { schemaVersion: 1, tags: [], note: '' } as const;
const run = (folder: string, experimentFile: string) => ({
  run: { folder, record: { ...record, experimentFile }, status: 'completed' as const },
  labels,
});

function opened(runs: readonly ReturnType<typeof run>[], runsFolders: readonly string[] = []) {
  let tell = (_?: readonly string[]): void => undefined;
  registerExperimentLenses({
    experiments: [],
    runs,
    runsFolders,
    firstLook: async () => undefined,
    onDidChange: (listener) => {
      tell = (folders) => listener(folders);
      return { dispose: () => undefined };
    },
  });
  const [provider, ofSweeps] = editor.registered.splice(0);
  if (provider === undefined || ofSweeps === undefined) throw new Error('No provider was registered.');
  return { provider, ofSweeps, tell: (folders?: readonly string[]) => tell(folders) };
}

async function lensesOf(provider: CodeLensProvider, fsPath: string) {
  const given = Object.assign(Object.create(null), { uri: { fsPath } });
  const lenses = await provider.provideCodeLenses(given, Object.create(null));
  return lenses?.map(({ command }) => [command?.title, ...(command?.arguments ?? [])]);
}

it('offers the dashboard of the latest run of the experiment, where there is one', async () => {
  const { provider } = opened([
    run('/w/gan-runs/00003-ring', '/w/ring.gan.json'),
    run('/w/gan-runs/00002-digits', '/w/digits.gan.json'),
    run('/w/gan-runs/00001-digits', '/w/digits.gan.json'),
  ]);
  expect(await lensesOf(provider, '/w/digits.gan.json')).toEqual([
    ['$(play) Start Training', { fsPath: '/w/digits.gan.json' }],
    ['$(graph-line) Open Dashboard', '/w/gan-runs/00002-digits'],
    ['Show Resolved Experiment', { fsPath: '/w/digits.gan.json' }],
  ]);
  expect(await lensesOf(provider, '/w/faces.gan.json')).toHaveLength(2);
});

it('offers to start a sweep', async () => {
  const { ofSweeps } = opened([]);
  expect(await lensesOf(ofSweeps, '/w/ring.gan-sweep.json')).toEqual([
    ['$(run-all) Start Sweep', { fsPath: '/w/ring.gan-sweep.json' }],
  ]);
});

it('offers the newest sweep that was made from the file', async () => {
  const runsFolder = join(await temporaryFolder(), 'gan-runs');
  const plan = {
    ...{ schemaVersion: 1, trials: 4 },
    ...{ sweepFile: '/w/ring.gan-sweep.json', experimentFile: '/w/ring.gan.json' },
  };
  for (const [name, day, file] of [
    ['00001-ring', '01', plan.sweepFile],
    ['00002-ring', '02', plan.sweepFile],
    ['00003-digits', '03', '/w/digits.gan-sweep.json'],
  ] as const) {
    const folder = join(runsFolder, 'sweeps', name);
    await mkdir(folder, { recursive: true });
    const text = JSON.stringify({ ...plan, sweepFile: file, createdAt: `2026-11-${day}T00:00:00Z` });
    await writeFile(join(folder, 'sweep.json'), text);
  }
  await mkdir(join(runsFolder, 'sweeps', '00004-being-made'));
  const { ofSweeps } = opened([], [runsFolder]);
  expect((await lensesOf(ofSweeps, '/w/ring.gan-sweep.json'))?.at(-1)).toEqual([
    '$(graph-scatter) Open Sweep',
    join(runsFolder, 'sweeps', '00002-ring'),
  ]);
});

it('starts nothing in a workspace that is not trusted, and shows what is there', async () => {
  editor.isTrusted = false;
  const { provider, ofSweeps } = opened([run('/w/gan-runs/00003-ring', '/w/ring.gan.json')]);
  const titles = (await lensesOf(provider, '/w/ring.gan.json'))?.map(([title]) => title);
  expect(await lensesOf(ofSweeps, '/w/ring.gan-sweep.json')).toEqual([]);
  expect(titles).toEqual(['$(graph-line) Open Dashboard', 'Show Resolved Experiment']);
});

it('is asked again when runs come or go', () => {
  const { provider, tell } = opened([]);
  let asked = 0;
  provider.onDidChangeCodeLenses?.(() => asked++);
  tell(['/w/gan-runs/00003-ring']);
  expect(asked).toBe(0);
  tell();
  expect(asked).toBe(1);
});
