import { beforeEach, expect, it, vi } from 'vitest';
import { Uri } from 'vscode';
import { EXPORT_FORMATS } from '../../shared/export-formats';
import { exportFolder } from './export-run';
import type { GanCommandLine } from './gan-process';

interface Item {
  readonly label: string;
  readonly detail: string;
}

/** The parts of the editor that an export uses, and the user's answers. */
const editor = vi.hoisted(() => ({
  offered: [] as Item[],
  /** The label that the user picks. */
  format: undefined as string | undefined,
  dialogs: [] as { readonly defaultUri: { readonly fsPath: string }; readonly filters?: object }[],
  place: undefined as string | undefined,
  said: [] as string[][],
  button: undefined as string | undefined,
  revealed: [] as string[],
  progress: [] as unknown[],
  cancelled: undefined as (() => void) | undefined,
}));
const command = vi.hoisted(() => ({
  lines: [] as (readonly string[])[],
  /** What the command does, besides being recorded. */
  run: async (_: GanCommandLine): Promise<boolean> => true,
}));

vi.mock('vscode', () => ({
  env: { language: 'en' },
  ProgressLocation: { Notification: 15 },
  Uri: {
    file: (fsPath: string) => ({ fsPath }),
    joinPath: (base: { readonly fsPath: string }, ...parts: readonly string[]) => ({
      fsPath: [base.fsPath, ...parts].join('/'),
    }),
  },
  l10n: {
    t: (text: string, ...values: readonly unknown[]) =>
      text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
  },
  window: {
    withProgress: async (_: unknown, act: (...args: readonly unknown[]) => Promise<unknown>) =>
      await act(
        { report: (told: unknown) => editor.progress.push(told) },
        {
          onCancellationRequested(cancel: () => void) {
            editor.cancelled = cancel;
          },
        },
      ),
    async showInformationMessage(...said: string[]) {
      editor.said.push(said);
      return editor.button;
    },
    async showQuickPick(items: readonly Item[]) {
      editor.offered.push(...items);
      return items.find(({ label }) => label === editor.format);
    },
    async showSaveDialog(dialog: (typeof editor.dialogs)[number]) {
      editor.dialogs.push(dialog);
      return editor.place === undefined ? undefined : { fsPath: editor.place };
    },
  },
}));
vi.mock('../experiments/nodes', () => ({ CheckpointNode: class {} }));
vi.mock('./run-target', () => ({}));
vi.mock('./locations', () => ({
  revealUri: async ({ fsPath }: { readonly fsPath: string }) => void editor.revealed.push(fsPath),
}));
vi.mock('./gan-process', () => ({
  async runGan(line: GanCommandLine) {
    command.lines.push([line.command, ...line.args]);
    return await command.run(line);
  },
}));

const RUN = '/w/gan-runs/00003-ring';
const host = {
  extensionUri: Uri.file('/extension'),
  closing: new AbortController().signal,
  log: { info: () => undefined },
};

beforeEach(() => {
  Object.assign(editor, {
    offered: [],
    format: undefined,
    dialogs: [],
    place: undefined,
    said: [],
    button: undefined,
    revealed: [],
    progress: [],
  });
  command.lines = [];
  command.run = async () => true;
});

it('offers every format with what it is for', async () => {
  await exportFolder(host, RUN, undefined);
  expect(editor.offered.map(({ label, detail }) => [label, detail])).toEqual(
    EXPORT_FORMATS.map(({ title, description }) => [title, description]),
  );
  expect([editor.dialogs, command.lines]).toEqual([[], []]);
});

it('replaces the file that the dialog asked about, and reveals it', async () => {
  Object.assign(editor, { format: 'ONNX model', place: '/w/a.onnx', button: 'Reveal in Explorer' });
  await exportFolder(host, RUN, 40);
  expect(editor.dialogs).toMatchObject([
    { defaultUri: { fsPath: '/w/00003-ring.onnx' }, filters: { 'ONNX model': ['onnx'] } },
  ]);
  expect(command.lines).toEqual([
    [
      '/extension/dist/gan.cjs',
      ...['export', RUN, '--format', 'onnx', '--out', '/w/a.onnx', '--lang', 'en', '--from', '40', '--force'],
    ],
  ]);
  expect(editor.said).toEqual([['Saved a.onnx.', 'Reveal in Explorer']]);
  expect(editor.revealed).toEqual(['/w/a.onnx']);
});

it('does not write into a folder that has files', async () => {
  Object.assign(editor, { format: 'TensorBoard', place: '/w/events' });
  await exportFolder(host, RUN, undefined);
  expect(editor.dialogs).toMatchObject([{ defaultUri: { fsPath: '/w/00003-ring-tensorboard' } }]);
  expect(editor.dialogs[0]).not.toHaveProperty('filters');
  expect(command.lines[0]).not.toContain('--force');
  expect(editor.revealed).toEqual([]);
});

it('shows how far it is, and says nothing once it is cancelled', async () => {
  Object.assign(editor, { format: 'Report', place: '/w/a.html' });
  command.run = async ({ onLine, signal }) => {
    onLine({ type: 'count', done: 1, total: 4 }, '');
    onLine({ type: 'count', done: 3, total: 4 }, '');
    editor.cancelled?.();
    return !signal.aborted;
  };
  await exportFolder(host, RUN, undefined);
  expect(editor.progress).toEqual([
    { message: '1/4', increment: 25 },
    { message: '3/4', increment: 50 },
  ]);
  expect(editor.said).toEqual([]);
});
