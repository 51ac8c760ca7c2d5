import { expect, it } from 'vitest';
import { dashboardMessage, foldersInState } from './page-messages';

it('takes messages of the protocol and nothing else', () => {
  const message = { type: 'ready', view: { xAxis: 'seconds', from: 1.5, maxBuckets: 800 } };
  expect(dashboardMessage.parse(message)).toEqual(message);
  const png = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10, 0);
  const picture = { type: 'savePicture', subject: 'samples', step: 5, png };
  expect(dashboardMessage.parse(picture)).toEqual(picture);
  for (const message of [
    { type: 'openExperiment', run: 0 },
    { type: 'act', run: 0, action: 'applyFinding' },
    { type: 'live', run: 0, request: { type: 'setPace', stepsPerSecond: null } },
    { type: 'live', run: 0, request: { type: 'setPace', stepsPerSecond: 0.5 } },
    { type: 'live', run: 0, request: { type: 'stepOnce' } },
    { type: 'live', run: 0, request: { type: 'stepPlayer', player: 'generator' } },
    {
      type: 'live',
      run: 0,
      request: { type: 'applyChange', changes: { criticSteps: 5, objective: { name: 'gan' } } },
    },
    { type: 'drop', dropped: { kind: 'files', files: [{ name: 'a.png', bytes: png }] } },
  ])
    expect(dashboardMessage.parse(message)).toEqual(message);
  for (const foreign of [
    undefined,
    { type: 'ready' },
    { type: 'sample', run: 0, step: -1 },
    { type: 'sample', run: 24, step: 1 },
    { type: 'control', run: 0, request: '../../stop' },
    { type: 'savePicture', subject: 'curves', png: Uint8Array.of(1, 2, 3) },
    { type: 'labels', run: 0, labels: { schemaVersion: 1, tags: 'a', note: '' } },
    { type: 'view', view: { xAxis: 'step', maxBuckets: 1e9 } },
    { type: 'drop', dropped: { kind: 'files', files: [] } },
    { type: 'live', run: 0, request: { type: 'setPace', stepsPerSecond: 0 } },
    { type: 'live', run: 0, request: { type: 'stepPlayer', player: 'both' } },
    { type: 'live', run: 0, request: { type: 'applyChange', changes: { criticSteps: undefined } } },
  ])
    expect(() => dashboardMessage.parse(foreign)).toThrow();
});

it('finds the run of a restored webview', () => {
  expect(foldersInState({ folders: ['/runs/1', '/runs/2'], smoothing: 0.5 })).toEqual(['/runs/1', '/runs/2']);
  expect(foldersInState({ folder: '/runs/00001-toy' })).toEqual(['/runs/00001-toy']);
  expect(foldersInState(undefined)).toBeUndefined();
});
