import { beforeEach, expect, it, vi } from 'vitest';
import { eventually } from '../../../test/support/eventually';

/** The commands that are registered, and what they made the editor do. */
const editor = vi.hoisted(() => ({
  isTrusted: true,
  registered: new Map<string, (...values: readonly unknown[]) => Promise<unknown>>(),
  called: [] as string[],
  errors: [] as string[],
}));

vi.mock('vscode', () => ({
  EventEmitter: class {
    readonly event = () => undefined;
    fire(): void {}
  },
  ThemeColor: class {},
  ThemeIcon: class {},
  Uri: class {},
  commands: {
    executeCommand: async (id: string) => void editor.called.push(id),
    registerCommand(id: string, act: (...values: readonly unknown[]) => Promise<unknown>) {
      editor.registered.set(id, act);
      return { dispose: () => undefined };
    },
  },
  l10n: { t: (text: string) => text },
  window: {
    createInputBox: () => ({
      onDidChangeValue: (listener: (text: string) => void) => listener('#good'),
      onDidAccept: () => undefined,
      onDidHide: () => undefined,
      show: () => undefined,
      dispose: () => undefined,
    }),
    showErrorMessage: async (message: string) => void editor.errors.push(message),
  },
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
  },
}));

const { FilterState } = await import('../experiments/filter-state');
const { COMMANDS } = await import('../registry');
const { registerCommands } = await import('./register');

const shown = vi.fn();
const filter = new FilterState();
const row = {};
registerCommands(
  Object.assign(Object.create(null), {
    filter,
    log: { error: () => undefined },
    pages: { runsTable: { show: shown } },
    resolved: { show: shown },
    selection: { rows: [row] },
  }),
);

const call = (id: string, ...values: readonly unknown[]) => editor.registered.get(id)?.(...values);

beforeEach(() => {
  Object.assign(editor, { isTrusted: true, called: [], errors: [] });
  shown.mockReset();
});

it('registers every command', () => {
  expect([...editor.registered.keys()]).toEqual(Object.values(COMMANDS));
});

it('asks for trust where a command needs it, however it is called', async () => {
  editor.isTrusted = false;
  await call(COMMANDS.importDataset);
  expect(editor.called).toEqual(['workbench.trust.manage']);
  await call(COMMANDS.showRunsTable);
  expect(shown).toHaveBeenCalledOnce();
});

it('shows why a command failed, that of a page too', async () => {
  shown.mockRejectedValue(new Error('The table cannot be read.'));
  await call(COMMANDS.showRunsTable);
  expect(editor.errors).toEqual(['The table cannot be read.']);
});

it('acts on the selected row where a key is pressed', async () => {
  await call(COMMANDS.showResolved, 'selection');
  expect(shown).toHaveBeenCalledWith(row);
});

it('keeps the filter that is being typed when any other command is called', async () => {
  const filtering = call(COMMANDS.filterRuns);
  await eventually(() => expect(filter.text).toBe('#good'));
  await call(COMMANDS.showRunsTable);
  await filtering;
  expect(filter.text).toBe('#good');
});
