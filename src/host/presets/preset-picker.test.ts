import { beforeEach, expect, it, vi } from 'vitest';
import { type PickerHost, pickPreset } from './preset-picker';
import { presetNamed } from './presets';

interface Item {
  readonly label: string;
}

const picker = vi.hoisted(() => ({
  shown: [] as readonly Item[],
  get items() {
    return picker.shown;
  },
  /** As in VS Code, new items are not active. */
  set items(items: readonly Item[]) {
    picker.shown = items;
    picker.activeItems = [];
  },
  activeItems: [] as readonly Item[],
  onDidAccept: (listener: () => void) => {
    picker.accept = listener;
  },
  onDidHide: (listener: () => void) => {
    picker.hide = listener;
  },
  dispose: () => undefined,
  accept: (): void => undefined,
  hide: (): void => undefined,
  show: (): void => undefined,
  /** Closed if Enter chooses nothing, so that no test waits forever. */
  enter: (): void => {
    picker.accept();
    picker.hide();
  },
}));

vi.mock('vscode', () => ({
  QuickPickItemKind: { Separator: -1 },
  l10n: { t: (text: string) => text },
  window: { createQuickPick: () => picker },
}));

const SPEED = { toy: 0.01, images: 0.1 };

function host(measured: PickerHost['speed']['measure']): PickerHost {
  return {
    speed: { known: undefined, measure: measured },
    training: { jobs: [] },
    log: { error: () => undefined },
  };
}

beforeEach(() => {
  picker.items = [];
});

it('begins at the first preset, so that Enter alone chooses it', async () => {
  picker.show = picker.enter;
  const unmeasured = host(async () => undefined);
  expect(await pickPreset(unmeasured, 'Start Training')).toMatchObject({ name: 'toy-ring' });
});

it('keeps the preset that is active when the estimates arrive', async () => {
  let measured = (_: typeof SPEED): void => undefined;
  const measuring = new Promise<typeof SPEED>((resolve) => {
    measured = resolve;
  });
  picker.show = () => {
    const title = presetNamed('digits-dcgan')?.title;
    picker.activeItems = picker.items.filter(({ label }) => label === title);
    measured(SPEED);
    void measuring.then(() => setImmediate(picker.enter));
  };
  const chosen = await pickPreset(
    host(() => measuring),
    'Start Training',
  );
  expect(chosen).toMatchObject({ name: 'digits-dcgan' });
});

it('stays open on Enter while no preset matches what is typed', async () => {
  picker.show = () => {
    const { activeItems } = picker;
    picker.activeItems = [];
    picker.accept();
    picker.activeItems = activeItems;
    picker.enter();
  };
  const unmeasured = host(async () => undefined);
  expect(await pickPreset(unmeasured, 'Start Training')).toMatchObject({ name: 'toy-ring' });
});
