import { expect, it, vi } from 'vitest';
import { proposeExperiments } from '../../session/propose-experiment';
import { commentsOn } from './import-dataset';

vi.mock('vscode', () => ({
  Uri: class {},
  l10n: {
    t: (text: string, ...values: readonly unknown[]) =>
      text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
  },
}));

it.each([
  [0, 'A GAN trained on flowers: 56 image files.'],
  [3, 'A GAN trained on flowers: 56 image files in 3 classes.'],
])('claims no more pictures than it has looked at: %d classes', (classes, comment) => {
  const [proposal] = proposeExperiments({ count: 56, imageSize: 32, classes });
  if (proposal === undefined) throw new Error('Nothing is proposed.');
  const found = { count: 56, classes: ['daisy', 'rose', 'tulip'] };
  expect(commentsOn('flowers', found, classes, proposal, undefined).data).toBe(comment);
});
