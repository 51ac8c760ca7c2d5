import { expect, it, vi } from 'vitest';
import { eventually } from '../../../test/support/eventually';
import type { LatentPlace, ToExplorer } from '../../shared/explorer-protocol';
import { AnimationSaver } from './animation-saver';

/** The questions that wait for an answer, and the files that were written. */
const editor = vi.hoisted(() => ({
  questions: [] as ((file: string | undefined) => void)[],
  written: [] as string[],
}));

vi.mock('vscode', () => ({
  env: { language: 'en' },
  ProgressLocation: { Notification: 15 },
  l10n: { t: (text: string) => text },
  window: {
    withProgress: async (_: unknown, act: (...args: readonly unknown[]) => Promise<unknown>) =>
      await act({ report: () => undefined }, { onCancellationRequested: () => undefined }),
  },
  workspace: {
    isTrusted: true,
    fs: { writeFile: async ({ fsPath }: { readonly fsPath: string }) => void editor.written.push(fsPath) },
  },
}));
vi.mock('../saved-file', () => ({ tellSaved: async () => undefined }));
vi.mock('./animation-form', () => ({
  askForAnimation: () =>
    new Promise((resolve) => {
      editor.questions.push((file) =>
        resolve(
          file === undefined
            ? undefined
            : { form: { encoding: 'webp', seconds: 8, perSecond: 20 }, file: { fsPath: file } },
        ),
      );
    }),
}));

const place: LatentPlace = { from: 1, to: 2, mix: 0, offsets: [] };

it('asks for one animation at a time, until it is saved', async () => {
  const sent: ToExplorer[] = [];
  const saver = new AnimationSaver({
    runFolder: '/w/gan-runs/00001-a',
    send: (message) => void sent.push(message),
    fail: (error) => expect.fail(String(error)),
  });
  const first = saver.save([place]);
  await eventually(() => expect(editor.questions.length).toBe(1));
  await saver.save([{ ...place, from: 3 }]);
  expect(editor.questions.length).toBe(1);
  editor.questions[0]?.('/w/one.webp');
  await eventually(() => expect(sent.length).toBe(1));
  await saver.save([{ ...place, from: 3 }]);
  expect(editor.questions.length).toBe(1);
  saver.end(Uint8Array.of(1));
  await first;
  expect([sent, editor.written]).toEqual([
    [{ type: 'animate', places: [place], encoding: 'webp', seconds: 8, perSecond: 20 }],
    ['/w/one.webp'],
  ]);
  void saver.save([place]);
  await eventually(() => expect(editor.questions.length).toBe(2));
});
