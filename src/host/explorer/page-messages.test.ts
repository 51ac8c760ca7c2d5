import { expect, it } from 'vitest';
import { explorerPageMessage, runInState } from './page-messages';

const place = { from: 1, to: 2, mix: 0.5, offsets: [0, -3.5] };

it.each([
  [{ type: 'ready' }],
  [{ type: 'load', step: 100 }],
  [{ type: 'sample', request: 0, place }],
  [{ type: 'neighbours', request: 7, place: { ...place, truncation: 0.7, label: 3 } }],
  [{ type: 'picture', places: [{ ...place, styleTruncation: 0.7 }] }],
  [{ type: 'sample', request: 1, place: { ...place, from: { name: 'a.png', values: [0.5, -1] } } }],
  [{ type: 'saveAnimation', places: [place, { ...place, from: 3 }] }],
  [{ type: 'chooseImage' }],
  [{ type: 'cancelInversion' }],
  [{ type: 'compareFeatures', isWanted: true }],
  [{ type: 'drop', dropped: { kind: 'files', files: [{ name: 'a.png', bytes: new Uint8Array(3) }] } }],
])('takes %o', (message) => {
  expect(explorerPageMessage.parse(message)).toEqual(message);
});

it.each([
  [undefined],
  [{ type: 'open', runFolder: '/elsewhere', isTrusted: true }],
  [{ type: 'load', step: 1.5 }],
  [{ type: 'sample', request: 0, place: { ...place, mix: 2 } }],
  [{ type: 'sample', request: 0, place: { ...place, offsets: new Array(9).fill(0) } }],
  [{ type: 'sample', request: 0, place: { ...place, truncation: 0 } }],
  [{ type: 'picture', places: [] }],
  [{ type: 'picture', places: [{ ...place, styleTruncation: 2 }] }],
  [{ type: 'sample', request: 0, place: { ...place, to: { name: 'a.png', values: [] } } }],
  [{ type: 'invert', file: '/elsewhere.png' }],
])('refuses %o', (message) => {
  expect(explorerPageMessage.safeParse(message).success).toBe(false);
});

it('finds the run of a page that is brought back', () => {
  expect(runInState({ runFolder: '/a', step: 3, place })).toEqual({ runFolder: '/a', step: 3 });
  expect(runInState({ runFolder: 3 })).toBeUndefined();
  expect(runInState(undefined)).toBeUndefined();
});
