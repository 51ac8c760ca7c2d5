import { beforeEach, expect, it, vi } from 'vitest';
import { Uri } from 'vscode';
import type { GanWork } from './gan-progress';
import { invertWith } from './invert-image';

/** The user's answers, and what the user was told. */
const editor = vi.hoisted(() => ({
  image: undefined as string | undefined,
  place: undefined as string | undefined,
  button: undefined as string | undefined,
  proposed: undefined as string | undefined,
  said: [] as string[][],
  done: [] as string[],
}));
const command = vi.hoisted(() => ({ args: [] as (readonly string[])[], isDone: true }));

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
    if (command.isDone) onLine?.({ type: 'inversion', name: 'me.jpg', psnr: 21.3 });
    return command.isDone;
  },
}));

const RUN = '/w/gan-runs/00003-faces';
const host = {
  extensionUri: Uri.file('/extension'),
  closing: new AbortController().signal,
  log: { info: () => undefined },
};

beforeEach(() => {
  Object.assign(editor, { image: '/p/me.jpg', place: '/p/out.png', button: 'Open', proposed: undefined });
  Object.assign(editor, { said: [], done: [] });
  Object.assign(command, { args: [], isDone: true });
});

it('finds the image at the step of a checkpoint, says how near it is, and opens the picture of both', async () => {
  await invertWith(host, RUN, 7);
  expect(editor.proposed).toBe('/p/me-00003-faces.png');
  expect(command.args).toEqual([
    ['invert', RUN, '/p/me.jpg', '--out', '/p/out.png', '--from', '7', '--force'],
  ]);
  expect(editor.said).toEqual([
    [
      'Saved out.png: the image, and the most similar one found (PSNR 21.3 dB).',
      'Open',
      'Reveal in Explorer',
    ],
  ]);
  expect(editor.done).toEqual(['vscode.open /p/out.png']);
});

it.each(['image', 'place'] as const)('does nothing where the user cancels the choice: %s', async (choice) => {
  editor[choice] = undefined;
  await invertWith(host, RUN, undefined);
  expect(command.args).toEqual([]);
});

it('says nothing where the user cancels the work', async () => {
  command.isDone = false;
  await invertWith(host, RUN, undefined);
  expect(editor.said).toEqual([]);
});
