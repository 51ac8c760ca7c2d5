import { expect, it, vi } from 'vitest';
import { Uri } from 'vscode';
import { scriptedTraining } from '../../../test/support/scripted-worker';
import { startTraining } from './start-training';

const editor = vi.hoisted(() => ({ isNewChosen: false }));

vi.mock('vscode', () => ({
  QuickPickItemKind: { Separator: -1 },
  Uri: { file: (fsPath: string) => ({ fsPath }) },
  l10n: { t: (text: string) => text },
  window: {
    showQuickPick: async (items: readonly unknown[]) => items.at(editor.isNewChosen ? -1 : 0),
  },
  workspace: {
    workspaceFolders: [],
    textDocuments: [],
    asRelativePath: ({ fsPath }: { readonly fsPath: string }) => fsPath.slice(1),
  },
}));
vi.mock('../chosen-compute', () => ({ chosenCompute: () => ({}) }));
vi.mock('../experiments/runs-model', () => ({
  findExperiments: async () => ['/a.gan.json', '/b.gan.json'].map(Uri.file),
}));
vi.mock('../presets/preset-picker', () => ({
  OWN_PICTURES: 'own pictures',
  pickPreset: async () => ({ name: 'toy-ring' }),
}));
vi.mock('../presets/create-experiment', () => ({
  createExperiment: async (_: unknown, { name }: { readonly name: string }) => Uri.file(`/${name}.gan.json`),
}));
vi.mock('./targets', () => ({ experimentOf: () => undefined }));

it.each([
  { isNewChosen: false, experimentFile: '/a.gan.json' },
  { isNewChosen: true, experimentFile: '/toy-ring.gan.json' },
])('trains one of several experiments, or a new one: $experimentFile', async (row) => {
  editor.isNewChosen = row.isNewChosen;
  const { manager: training } = scriptedTraining();
  const host = {
    extensionUri: Uri.file('/extension'),
    speed: { known: undefined, measure: async () => undefined },
    log: { error: () => undefined },
    training,
  };
  await startTraining(host, undefined);
  expect(training.jobs.map(({ request }) => request)).toMatchObject([{ experimentFile: row.experimentFile }]);
});
