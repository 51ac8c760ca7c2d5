/** *Set Up TensorFlow…*: nothing is installed unless it is asked for. */
import { beforeEach, expect, it, vi } from 'vitest';
import { setUpTensorFlow } from './set-up-tensorflow';

const editor = vi.hoisted(() => ({
  /** Start of the label that is picked, and the button that is chosen in the question after it. */
  picks: '',
  button: '',
  details: [] as string[],
  sent: [] as string[],
  copied: [] as string[],
  settings: [] as unknown[],
}));

vi.mock('vscode', () => ({
  ConfigurationTarget: { Global: 1 },
  env: { clipboard: { writeText: async (text: string) => void editor.copied.push(text) } },
  l10n: {
    t: (text: string, ...values: readonly string[]) =>
      values.reduce((filled, value, index) => filled.replace(`{${index}}`, value), text),
  },
  window: {
    createTerminal: () => ({
      show: () => undefined,
      sendText: (text: string) => void editor.sent.push(text),
    }),
    showInformationMessage: async (_message: string, ...rest: readonly (string | { detail: string })[]) => {
      for (const item of rest) if (typeof item === 'object') editor.details.push(item.detail);
      return rest.find((item) => item === editor.button);
    },
    showOpenDialog: async () => [{ fsPath: '/opt/tensorflow' }],
    showQuickPick: async (items: readonly { readonly label: string }[]) =>
      items.find(({ label }) => label.startsWith(editor.picks)),
  },
  workspace: {
    workspaceFolders: [],
    getConfiguration: () => ({ update: async (...values: unknown[]) => void editor.settings.push(values) }),
  },
}));

const checkMachine = vi.fn(async () => undefined);

beforeEach(() => {
  checkMachine.mockClear();
  Object.assign(editor, { picks: '', button: '', details: [], sent: [], copied: [], settings: [] });
});

it('shows the command, and runs nothing when the question is dismissed', async () => {
  editor.picks = 'Install the npm';
  await setUpTensorFlow(checkMachine);
  expect(editor.details[0]).toMatch(/^npm install @tensorflow\/tfjs-node-gpu\n/);
  expect([editor.sent, editor.copied]).toEqual([[], []]);
});

it('runs the command in a terminal, or copies it, when asked to', async () => {
  editor.picks = 'Install the npm';
  editor.button = 'Run in Terminal';
  await setUpTensorFlow(checkMachine);
  editor.button = 'Copy';
  await setUpTensorFlow(checkMachine);
  const command = 'npm install @tensorflow/tfjs-node-gpu';
  expect([editor.sent, editor.copied]).toEqual([[command], [command]]);
});

it('takes a library that is installed, and offers to check it', async () => {
  editor.picks = 'Use an Installed';
  editor.button = 'Run Doctor';
  await setUpTensorFlow(checkMachine);
  expect(editor.settings).toEqual([['gan.engines.tensorflowLibrary', '/opt/tensorflow', 1]]);
  expect(checkMachine).toHaveBeenCalledTimes(1);
});
