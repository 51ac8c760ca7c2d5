import { expect, it } from 'vitest';
import { MAX_DROPPED_BYTES, MAX_DROPPED_FILES } from '../../shared/translation-protocol';
import { droppedIn, translationInState, translationPageMessage } from './page-messages';

const file = { name: 'a.png', bytes: new Uint8Array(1) };
const filesOf = (files: readonly unknown[]) => ({ kind: 'files', files });

it.each([
  { type: 'ready' },
  { type: 'openFolder' },
  { type: 'pair', index: 3 },
  { type: 'drop', dropped: filesOf([file]) },
  { type: 'drop', dropped: { kind: 'addresses', uris: ['file:///a.png'] } },
])('admits %j', (message) => {
  expect(translationPageMessage.parse(message)).toEqual(message);
});

it.each([{ type: 'other' }, { type: 'pair', index: -1 }, { type: 'drop' }])('refuses %j', (message) => {
  expect(translationPageMessage.safeParse(message).success).toBe(false);
});

it('limits what is dropped', () => {
  expect(droppedIn(filesOf([file]))).toBeDefined();
  expect(droppedIn(filesOf([]))).toBeUndefined();
  expect(droppedIn(filesOf(Array(MAX_DROPPED_FILES + 1).fill(file)))).toBeUndefined();
  const large = { name: 'a.png', bytes: new Uint8Array(MAX_DROPPED_BYTES / 2 + 1) };
  expect(droppedIn(filesOf([large]))).toBeDefined();
  expect(droppedIn(filesOf([large, large]))).toBeUndefined();
  expect(droppedIn({ kind: 'addresses', uris: [] })).toBeUndefined();
});

it('restores what was shown, if anything was', () => {
  const translation = {
    ...{ runFolder: '/r', step: 3, inputs: '/in', outputs: '/out', place: '/out', count: 1, skipped: 0 },
    pairs: [{ from: 'a.jpg', to: 'a.png' }],
  };
  expect(translationInState(translation)).toEqual(translation);
  expect(translationInState({ ...translation, pairs: [] })).toBeUndefined();
  expect(translationInState(undefined)).toBeUndefined();
});
