import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Uri } from 'vscode';
import type { Translation } from '../../shared/translation-protocol';
import { applyRun } from './apply-to-images';
import type { GanWork } from './gan-progress';

/** The user's answers, and what the user was asked and told. */
const editor = vi.hoisted(() => ({
  kind: undefined as string | undefined,
  image: undefined as string | undefined,
  place: undefined as string | undefined,
  proposed: undefined as string | undefined,
  shown: [] as Translation[],
  reloaded: [] as Translation[],
  log: [] as string[],
}));
const command = vi.hoisted(() => ({
  args: [] as (readonly string[])[],
  lines: [] as object[],
}));

vi.mock('vscode', () => {
  const file = (fsPath: string) => ({ fsPath });
  return {
    Uri: { file },
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
    },
  };
});
vi.mock('../experiments/nodes', () => ({ CheckpointNode: class {} }));
vi.mock('../experiments/run-state', () => ({}));
vi.mock('./run-target', () => ({}));
vi.mock('./gan-progress', () => ({
  async ganWithProgress(_: unknown, { args, onLine }: GanWork) {
    command.args.push(args);
    for (const line of command.lines) onLine?.(line);
    return command.lines.length > 0;
  },
}));

const RUN = '/w/gan-runs/00003-pix2pix';
const host = {
  extensionUri: Uri.file('/extension'),
  closing: new AbortController().signal,
  log: { info: (text: string) => void editor.log.push(text) },
  pages: {
    translation: {
      show: async (translation: Translation) => void editor.shown.push(translation),
      find: ({ place }: Translation) =>
        editor.shown.some((shown) => shown.place === place)
          ? { load: (translation: Translation) => void editor.reloaded.push(translation) }
          : undefined,
    },
  },
};
const translated = (skipped: readonly object[] = []) => ({ type: 'translate', step: 7, count: 1, skipped });

beforeEach(() => {
  Object.assign(editor, { kind: 'Image…', image: '/p/cat.jpg', place: '/p/out.png' });
  Object.assign(editor, { proposed: undefined, shown: [], reloaded: [], log: [] });
  Object.assign(command, { args: [], lines: [translated()] });
});

describe('applying a run to images', () => {
  it('translates an image, at the step of a checkpoint, and shows it beside the result', async () => {
    await applyRun(host, RUN, 7);
    expect(editor.proposed).toBe('/p/cat-00003-pix2pix.png');
    expect(command.args).toEqual([
      ['translate', RUN, '/p/cat.jpg', '--out', '/p/out.png', '--from', '7', '--force'],
    ]);
    expect(editor.shown).toEqual([
      {
        ...{ runFolder: RUN, step: 7, inputs: '/p', outputs: '/p', place: '/p/out.png' },
        pairs: [{ from: 'cat.jpg', to: 'out.png' }],
        ...{ count: 1, skipped: 0 },
      },
    ]);
  });

  it('translates a folder without replacing anything, and says which images were skipped', async () => {
    Object.assign(editor, { kind: 'Folder of Images…', image: '/p/cats', place: '/p/made' });
    const pair = { from: 'sub/b.jpg', to: 'sub/b.png' };
    command.lines = [{ type: 'image', ...pair }, translated([{ name: 'a.png', reason: 'Empty file' }])];
    await applyRun(host, RUN, undefined);
    expect(editor.proposed).toBe('/p/cats-00003-pix2pix');
    expect(command.args).toEqual([['translate', RUN, '/p/cats', '--out', '/p/made']]);
    expect(editor.log).toEqual(['Skipped a.png: Empty file']);
    expect(editor.shown).toMatchObject([
      { inputs: '/p/cats', outputs: '/p/made', place: '/p/made', pairs: [pair], skipped: 1 },
    ]);
  });

  it('shows an image again that has been written again', async () => {
    await applyRun(host, RUN, 7);
    expect(editor.reloaded).toEqual([]);
    await applyRun(host, RUN, 8);
    expect(editor.reloaded).toHaveLength(1);
  });

  it('writes what was dropped where it is told to', async () => {
    const given = { uri: Uri.file('/storage/cat.png'), isFolder: false, outputFolder: '/w' };
    await applyRun(host, RUN, undefined, given);
    expect(editor.proposed).toBe('/w/cat-00003-pix2pix.png');
    expect(editor.shown).toMatchObject([{ inputs: '/storage', outputs: '/p' }]);
  });

  it.each(['kind', 'image', 'place'] as const)(
    'does nothing where the user cancels the choice: %s',
    async (choice) => {
      editor[choice] = undefined;
      await applyRun(host, RUN, undefined);
      expect(command.args).toEqual([]);
    },
  );

  it('shows nothing where the user cancels the work', async () => {
    command.lines = [];
    await applyRun(host, RUN, undefined);
    expect(editor.shown).toEqual([]);
  });
});
