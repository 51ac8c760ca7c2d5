import { beforeEach, expect, it, vi } from 'vitest';
import type { QuickPickItem } from 'vscode';

interface Shown {
  items: readonly QuickPickItem[];
  choose: (items: readonly QuickPickItem[]) => QuickPickItem | undefined;
}

const shown = vi.hoisted((): Shown => ({ items: [], choose: ([first]) => first }));

vi.mock('vscode', () => ({
  QuickPickItemKind: { Separator: -1 },
  Uri: { file: (fsPath: string) => ({ fsPath }) },
  l10n: { t: (text: string) => text },
  window: {
    activeTextEditor: { document: { uri: { fsPath: '/project/more/toy.gan.json' } } },
    showQuickPick: async (items: readonly QuickPickItem[]) => {
      shown.items = items;
      return shown.choose(items);
    },
  },
  workspace: { asRelativePath: ({ fsPath }: { readonly fsPath: string }) => fsPath.replace('/project/', '') },
}));

const { Uri } = await import('vscode');
const { NEW_FROM_PRESET, pickExperiment, pickExperimentOrNew } = await import('./pick-experiment');

beforeEach(() => {
  shown.items = [];
  shown.choose = ([first]) => first;
});

it('names experiments as the tree does, with their folder, and the one in the editor first', async () => {
  const files = ['/project/digits.gan.json', '/project/toy.gan.json', '/project/more/toy.gan.json'];
  const chosen = await pickExperiment(
    files.map((path) => Uri.file(path)),
    'Start Training',
  );
  expect(chosen).toEqual(Uri.file('/project/more/toy.gan.json'));
  expect(shown.items).toEqual([
    { label: 'toy', description: 'more', choice: Uri.file('/project/more/toy.gan.json') },
    { label: 'digits', choice: Uri.file('/project/digits.gan.json') },
    { label: 'toy', choice: Uri.file('/project/toy.gan.json') },
  ]);
});

it('offers a new experiment below several, and starts the only one without asking', async () => {
  const [digits, toy] = [Uri.file('/project/digits.gan.json'), Uri.file('/project/toy.gan.json')];
  shown.choose = (items) => items.at(-1);
  expect(await pickExperimentOrNew([digits, toy], 'Start Training')).toBe(NEW_FROM_PRESET);
  expect(shown.items.slice(2)).toEqual([
    { label: '', kind: -1 },
    { label: 'New Experiment from Preset…', choice: NEW_FROM_PRESET },
  ]);
  shown.choose = ([first]) => first;
  expect(await pickExperimentOrNew([digits, toy], 'Start Training')).toBe(digits);
  shown.items = [];
  expect(await pickExperimentOrNew([toy], 'Start Training')).toBe(toy);
  expect(shown.items).toEqual([]);
});
