import { beforeEach, expect, it, vi } from 'vitest';

/** The parts of the editor that revealing uses: where it runs, and the commands it received. */
const editor = vi.hoisted(() => {
  const env: { remoteName: string | undefined; uiKind: number } = { remoteName: undefined, uiKind: 1 };
  return { env, called: [['', '']] };
});

vi.mock('vscode', () => {
  class Uri {
    static file = (path: string): Uri => new Uri(path);
    constructor(readonly fsPath: string) {}
  }
  return {
    Uri,
    UIKind: { Desktop: 1, Web: 2 },
    ThemeIcon: class {},
    ThemeColor: class {},
    EventEmitter: class {},
    env: editor.env,
    l10n: { t: (text: string, value: string) => text.replace('{0}', value) },
    window: {},
    workspace: {
      getWorkspaceFolder: ({ fsPath }: Uri) => (fsPath.startsWith('/work/') ? {} : undefined),
    },
    commands: {
      executeCommand: async (id: string, { fsPath }: Uri) => void editor.called.push([id, fsPath]),
    },
  };
});

const { Uri } = await import('vscode');
const { revealUri } = await import('./locations');

beforeEach(() => {
  Object.assign(editor.env, { remoteName: undefined, uiKind: 1 });
  editor.called.length = 0;
});

it('shows a run of the workspace in the explorer of the editor, and any other in that of the machine', async () => {
  await revealUri(Uri.file('/work/gan-runs/00001-toy'));
  await revealUri(Uri.file('/cluster/gan-runs/00002-toy'));
  expect(editor.called).toEqual([
    ['revealInExplorer', '/work/gan-runs/00001-toy'],
    ['revealFileInOS', '/cluster/gan-runs/00002-toy'],
  ]);
});

it.each([{ remoteName: 'ssh' }, { uiKind: 2 }])('says so where neither can show it: %o', async (place) => {
  Object.assign(editor.env, place);
  await expect(revealUri(Uri.file('/cluster/gan-runs/00002-toy'))).rejects.toThrow('/cluster/gan-runs/00002');
  expect(editor.called).toEqual([]);
});
