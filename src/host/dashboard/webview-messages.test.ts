import { expect, it } from 'vitest';
import { folderInState, parseWebviewMessage } from './webview-messages';

it('takes messages of the protocol and nothing else', () => {
  const message = { type: 'ready', view: { xAxis: 'seconds', from: 1.5, maxBuckets: 800 } };
  expect(parseWebviewMessage(message)).toEqual(message);
  for (const foreign of [
    undefined,
    { type: 'ready' },
    { type: 'sample', step: -1 },
    { type: 'control', request: '../../stop' },
    { type: 'view', view: { xAxis: 'step', maxBuckets: 1e9 } },
  ])
    expect(() => parseWebviewMessage(foreign)).toThrow();
});

it('finds the run of a restored webview', () => {
  expect(folderInState({ folder: '/runs/00001-toy', smoothing: 0.5 })).toBe('/runs/00001-toy');
  expect(folderInState(undefined)).toBeUndefined();
});
