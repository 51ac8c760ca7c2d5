import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Uri } from 'vscode';
import { applyRun } from './apply-to-images';
import type { GanWork } from './gan-progress';

/** The user's answers, and what the user was asked and told. */
const editor = vi.hoisted(() => ({
  kind: undefined as string | undefined,
  image: undefined as string | undefined,
  place: undefined as string | undefined,
  button: undefined as string | undefined,
  proposed: undefined as string | undefined,
  said: [] as string[][],
  done: [] as string[],
  log: [] as string[],
}));
const command = vi.hoisted(() => ({
  args: [] as (readonly string[])[],
  line: undefined as object | undefined,
}));

vi.mock('vscode', () => {
  const file = (fsPath: string) => ({ fsPath });
  return {
    Uri: { file },
    commands: {
      executeCommand: async (name: string, { fsPath }: { readonly fsPath: string }) =>
        void editor.done.push(`${name} ${fsPath}`),
    },
    l10n: {
      t: (text: string, ...values: readonly unknown[]) =>
        text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
    },
    window: {
      showQuickPick: async (items: readonly { readonly label: string }[]) =>
        items.find(({ label }) => label === editor.kind),
      showOpenDialog: async () => (editor.image === undefined ? undefined : [file(editor.image)]),
      async showSaveDialog({ defaultUri }: { readonly defaultUri: { readonly fsPath: string } }) {
        editor.proposed = defaultUri.fsPath;
        return editor.place === undefined ? undefined : file(editor.place);
      },
      async showInformationMessage(...said: string[]) {
        editor.said.push(said);
        return editor.button;
      },
    },
  };
});
vi.mock('../experiments/nodes', () => ({ CheckpointNode: class {} }));
vi.mock('../experiments/run-state', () => ({}));
vi.mock('./run-target', () => ({}));
vi.mock('./locations', () => ({
  revealUri: async ({ fsPath }: { readonly fsPath: string }) => void editor.done.push(`reveal ${fsPath}`),
}));
vi.mock('./gan-progress', () => ({
  async ganWithProgress(_: unknown, { args, onLine }: GanWork) {
    command.args.push(args);
    if (command.line === undefined) return false;
    onLine?.(command.line);
    return true;
  },
}));

const RUN = '/w/gan-runs/00003-pix2pix';
const host = {
  extensionUri: Uri.file('/extension'),
  closing: new AbortController().signal,
  log: { info: (text: string) => void editor.log.push(text) },
};
const translated = (skipped: readonly object[] = []) => ({ type: 'translate', step: 7, count: 1, skipped });

beforeEach(() => {
  Object.assign(editor, { kind: 'Image…', image: '/p/cat.jpg', place: '/p/out.png', button: undefined });
  Object.assign(editor, { proposed: undefined, said: [], done: [], log: [] });
  Object.assign(command, { args: [], line: translated() });
});

describe('applying a run to images', () => {
  it('translates an image, at the step of a checkpoint, and opens the result', async () => {
    editor.button = 'Open';
    await applyRun(host, RUN, 7);
    expect(editor.proposed).toBe('/p/cat-00003-pix2pix.png');
    expect(command.args).toEqual([
      ['translate', RUN, '/p/cat.jpg', '--out', '/p/out.png', '--from', '7', '--force'],
    ]);
    expect(editor.said).toEqual([['Saved out.png.', 'Open', 'Reveal in Explorer']]);
    expect(editor.done).toEqual(['vscode.open /p/out.png']);
  });

  it('translates a folder without replacing anything, and says which images were skipped', async () => {
    Object.assign(editor, { kind: 'Folder of Images…', image: '/p/cats', place: '/p/made' });
    editor.button = 'Reveal in Explorer';
    command.line = translated([{ name: 'a.png', reason: 'Empty file' }]);
    await applyRun(host, RUN, undefined);
    expect(editor.proposed).toBe('/p/cats-00003-pix2pix');
    expect(command.args).toEqual([['translate', RUN, '/p/cats', '--out', '/p/made']]);
    expect(editor.log).toEqual(['Skipped a.png: Empty file']);
    expect(editor.said).toEqual([
      ['Saved made. Images that cannot be used: 1; the log lists them.', 'Reveal in Explorer'],
    ]);
    expect(editor.done).toEqual(['reveal /p/made']);
  });

  it.each(['kind', 'image', 'place'] as const)(
    'does nothing where the user cancels the choice: %s',
    async (choice) => {
      editor[choice] = undefined;
      await applyRun(host, RUN, undefined);
      expect(command.args).toEqual([]);
    },
  );

  it('says nothing where the user cancels the work', async () => {
    command.line = undefined;
    await applyRun(host, RUN, undefined);
    expect(editor.said).toEqual([]);
  });
});
