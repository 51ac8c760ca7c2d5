import { expect, it, vi } from 'vitest';
import type { QuickPickItem, Uri } from 'vscode';

const shown = vi.hoisted((): { items: readonly unknown[] } => ({ items: [] }));

vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  window: {
    activeTextEditor: { document: { uri: { fsPath: '/project/more/toy.gan.json' } } },
    showQuickPick: async (items: readonly QuickPickItem[]) => {
      shown.items = items;
      return items[0];
    },
  },
  workspace: { asRelativePath: ({ fsPath }: Uri) => fsPath.replace('/project/', '') },
}));

const { pickExperiment } = await import('./pick-experiment');

function file(fsPath: string): Uri {
  return { fsPath } as Uri;
}

it('names experiments as the tree does, with their folder, and the one in the editor first', async () => {
  const files = ['/project/digits.gan.json', '/project/toy.gan.json', '/project/more/toy.gan.json'];
  const chosen = await pickExperiment(files.map(file), 'Start Training');
  expect(chosen).toEqual(file('/project/more/toy.gan.json'));
  expect(shown.items).toEqual([
    { label: 'toy', description: 'more', uri: file('/project/more/toy.gan.json') },
    { label: 'digits', uri: file('/project/digits.gan.json') },
    { label: 'toy', uri: file('/project/toy.gan.json') },
  ]);
});
