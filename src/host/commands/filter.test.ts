import { expect, it, vi } from 'vitest';

/** The single input box that is shown, controlled by the test. */
const shown = vi.hoisted(() => {
  const listeners = new Map<string, (text: string) => void>();
  const on = (name: string) => (listener: (text: string) => void) => listeners.set(name, listener);
  const box = {
    ignoreFocusOut: false,
    onDidChangeValue: on('change'),
    onDidAccept: on('accept'),
    onDidHide: on('hide'),
    show: () => undefined,
    dispose: () => undefined,
  };
  return { box, listeners };
});

vi.mock('vscode', () => ({
  EventEmitter: class {
    readonly event = () => undefined;
    fire(): void {}
  },
  commands: { executeCommand: async () => undefined },
  l10n: { t: (text: string) => text },
  window: { createInputBox: () => shown.box },
}));

const { FilterState } = await import('../experiments/filter-state');
const { filterRuns, settleFilter } = await import('./filter');

it('filters while it is typed, stays when the tree is clicked, and is taken back by Escape', async () => {
  const filter = new FilterState();
  filter.set('ring');
  const done = filterRuns({ filter });
  shown.listeners.get('change')?.('#good');
  expect(filter.text).toBe('#good');
  expect(shown.box.ignoreFocusOut).toBe(true);
  shown.listeners.get('hide')?.('');
  await done;
  expect(filter.text).toBe('ring');
});

it('stays when another command is called, whose input closes the box', async () => {
  const filter = new FilterState();
  const done = filterRuns({ filter });
  shown.listeners.get('change')?.('#good');
  settleFilter();
  shown.listeners.get('hide')?.('');
  await done;
  expect(filter.text).toBe('#good');
});
