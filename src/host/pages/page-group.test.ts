import { beforeEach, expect, it, vi } from 'vitest';
import type { WebviewPanel } from 'vscode';
import { PANELS } from '../registry';

/** The panels that the editor has opened, and how it restores one after a reload. */
const editor = vi.hoisted(() => ({
  titles: [] as string[],
  restore: async (_panel: unknown, _state: unknown): Promise<void> => undefined,
}));

vi.mock('vscode', () => ({
  ViewColumn: { Active: -1 },
  window: {
    createWebviewPanel(_viewType: string, title: string) {
      editor.titles.push(title);
      return { dispose: () => undefined };
    },
    registerWebviewPanelSerializer(
      _viewType: string,
      { deserializeWebviewPanel }: { deserializeWebviewPanel: typeof editor.restore },
    ) {
      editor.restore = deserializeWebviewPanel;
      return { dispose: () => undefined };
    },
  },
}));

const { PageGroup } = await import('./page-group');

class Opened {
  readonly events: string[] = [];
  close = (): void => undefined;
  readonly page = {
    reveal: () => void this.events.push('reveal'),
    dispose: () => void this.events.push('dispose'),
    onDidDispose: (listener: () => void) => {
      this.close = listener;
    },
  };
}

const load = vi.fn(async () => ({
  keyOf: (run: string) => run.toLowerCase(),
  targetIn: (state: unknown) => (typeof state === 'string' ? state : undefined),
  titleOf: (run: string) => `${run} – Page`,
  open: () => new Opened(),
}));
let pages: InstanceType<typeof PageGroup<string, Opened>>;

beforeEach(() => {
  editor.titles.length = 0;
  load.mockClear();
  pages = new PageGroup(PANELS.explorer, load);
});

/** A panel that VS Code has restored. */
function restored() {
  const dispose = vi.fn();
  const panel: WebviewPanel = Object.assign(Object.create(null), { dispose });
  return { panel, dispose };
}

it('loads nothing before a page opens, and once for all of them', async () => {
  expect(pages.find('Ring')).toBeUndefined();
  expect(load).not.toHaveBeenCalled();
  await Promise.all([pages.show('Ring'), pages.show('Digits')]);
  expect(load).toHaveBeenCalledOnce();
  expect(editor.titles).toEqual(['Ring – Page', 'Digits – Page']);
});

it('opens one page for each target, and another when that is closed', async () => {
  await pages.show('Ring');
  const opened = pages.find('ring');
  await pages.show('ring');
  expect(opened?.events).toEqual(['reveal']);
  expect(editor.titles).toHaveLength(1);
  opened?.close();
  expect(pages.find('Ring')).toBeUndefined();
  await pages.show('Ring');
  expect(editor.titles).toHaveLength(2);
});

it('restores a page by its state, and closes one that has saved none', async () => {
  const [kept, empty] = [restored(), restored()];
  await editor.restore(kept.panel, 'Ring');
  await editor.restore(empty.panel, undefined);
  expect(pages.find('Ring')).toBeDefined();
  expect([kept, empty].map(({ dispose }) => dispose.mock.calls.length)).toEqual([0, 1]);
});
