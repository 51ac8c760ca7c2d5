import { expect, it, vi } from 'vitest';
import { memoryMemento } from '../../../test/support/memory-memento';
import { SpeedKeeper } from './speed-keeper';

/** The next answers of the step timing process. */
const answers = vi.hoisted((): (readonly number[] | Error)[] => []);

vi.mock('vscode', () => ({
  Uri: { file: (fsPath: string) => ({ fsPath }), joinPath: () => ({}) },
  l10n: { t: (text: string) => text },
  workspace: {
    fs: { readFile: async () => new TextEncoder().encode('{}') },
    getConfiguration: () => ({ get: () => 'auto' }),
  },
}));
vi.mock('../step-timer', () => ({
  timeSteps: async () => {
    const answer = answers.shift();
    if (answer instanceof Error || answer === undefined) throw answer;
    return answer;
  },
}));

const { Uri } = await import('vscode');

it('keeps the best of what was measured, and what was known where nothing could be', async () => {
  const warnings: string[] = [];
  const log = { info: () => undefined, error: () => undefined, warn: (text: string) => warnings.push(text) };
  const state = memoryMemento();
  const keeper = new SpeedKeeper(Uri.file('/'), state, log);
  const { signal } = new AbortController();
  expect(keeper.known).toBeUndefined();
  answers.push([0.006, 0.2], [0.008, 0.07], new Error('no engine'));
  expect(await keeper.measure(signal)).toEqual({ toy: 0.006, images: 0.2 });
  // The machine was busy with something else the first time.
  expect(await keeper.measure(signal)).toEqual({ toy: 0.006, images: 0.07 });
  expect(await keeper.measure(signal)).toBeUndefined();
  expect(warnings).toEqual([expect.stringContaining('no engine')]);
  expect(new SpeedKeeper(Uri.file('/'), state, log).known).toEqual({ toy: 0.006, images: 0.07 });
});
