import { expect, it, vi } from 'vitest';
import { formatText } from '../shared/localizable-text';

vi.mock('vscode', () => ({
  env: { language: 'en' },
  l10n: { t: (text: string, ...values: (string | number)[]) => formatText({ text, values }) },
}));

const { classesText } = await import('./datasets/dataset-texts');
const { longerPrompt } = await import('./commands/train-longer');

it.each([
  [1, '1 class', 'run has completed 1 step. Enter the new total number of steps'],
  [3, '3 classes', 'run has completed 3 steps. Enter the new total number of steps'],
])('has the singular for one and the plural for others: %d', (count, classes, prompt) => {
  expect(classesText(count)).toBe(classes);
  expect(longerPrompt('run', count)).toBe(prompt);
});
