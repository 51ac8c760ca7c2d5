import { expect, it, vi } from 'vitest';

const settings = vi.hoisted(() => ({ values: {} as Readonly<Record<string, unknown>> }));
vi.mock('vscode', () => ({
  workspace: { getConfiguration: () => ({ get: (key: string) => settings.values[key] }) },
}));

const { chosenCompute } = await import('./chosen-compute');

it.each([
  [{ 'gan.training.threads': 'auto', 'gan.training.engine': 'auto' }, {}],
  [
    { 'gan.training.threads': 3, 'gan.training.engine': 'onnx' },
    { threads: 3, engine: 'onnx' },
  ],
  [{ 'gan.training.engine': 3 }, {}],
])('of %j it takes %j', (values, chosen) => {
  settings.values = values;
  expect(chosenCompute()).toEqual(chosen);
});
