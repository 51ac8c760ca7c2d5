import { beforeEach, expect, it, vi } from 'vitest';
import { askInSteps, question } from './quick-steps';

/** The pickers that were shown, and the user's response to each. */
const shown = vi.hoisted((): Record<string, unknown>[] => []);
const gestures = vi.hoisted((): (string | number)[] => []);

vi.mock('vscode', () => ({
  QuickInputButtons: { Back: 'back' },
  window: {
    createQuickPick: () => {
      const listeners = new Map<string, () => void>();
      const on = (name: string) => (listener: () => void) => listeners.set(name, listener);
      const picker = {
        items: [''],
        activeItems: [''],
        onDidTriggerButton: on('back'),
        onDidHide: on('hide'),
        onDidAccept: on('accept'),
        dispose: () => undefined,
        show: () => {
          shown.push({ ...picker });
          const gesture = gestures.shift() ?? 'hide';
          if (typeof gesture === 'number') picker.activeItems = picker.items.slice(gesture, gesture + 1);
          listeners.get(typeof gesture === 'number' ? 'accept' : gesture)?.();
        },
      };
      return picker;
    },
  },
}));

const ask = (placeholder: string, ...values: readonly string[]) =>
  question<readonly string[], string>({
    placeholder,
    items: values.map((value) => ({ label: value, value })),
    answered: (answers, value) => [...answers, value],
  });
const steps = [ask('First?', 'a', 'b'), ask('Second?', 'c', 'd')];

beforeEach(() => {
  shown.length = 0;
});

it('asks one question after the other, and says how many there are', async () => {
  gestures.push(1, 0);
  expect(await askInSteps('Import', [], steps)).toEqual(['b', 'c']);
  expect(shown).toMatchObject([
    { title: 'Import', placeholder: 'First?', step: 1, totalSteps: 2 },
    { title: 'Import', placeholder: 'Second?', step: 2, totalSteps: 2, buttons: ['back'] },
  ]);
});

it('leads back to the question before, whose answer is then another', async () => {
  gestures.push(0, 'back', 1, 1);
  expect(await askInSteps('Import', [], steps)).toEqual(['b', 'd']);
});

it('ends with nothing where the person thought better of it', async () => {
  gestures.push(0, 'hide');
  expect(await askInSteps('Import', [], steps)).toBeUndefined();
});
