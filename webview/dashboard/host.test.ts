import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PageEnvelope } from '../../src/shared/page-channel';

let state: object | undefined;
let posted: unknown[] = [];

beforeEach(() => {
  state = undefined;
  posted = [];
  vi.resetModules();
  vi.stubGlobal('acquireVsCodeApi', () => ({
    postMessage: ({ message }: PageEnvelope) => posted.push(message),
    getState: () => state,
    setState: (kept: object) => {
      state = kept;
    },
  }));
});
afterEach(() => vi.unstubAllGlobals());

it('has the whole of the runs and the newest samples as long as nothing else was chosen', async () => {
  const { keptPlace } = await import('./host');
  expect(keptPlace()).toEqual({ range: undefined, sampleStep: undefined });
});

it('keeps where a person was when preferences change afterwards', async () => {
  const { keep, keptPlace, keptPreferences } = await import('./host');
  keep({ folders: ['/run'], range: [0, 50], sampleStep: 3 });
  const preferences = keptPreferences();
  keep({ range: [10, 20], sampleStep: 7 });
  keep({ ...preferences, smoothing: 0 });
  expect(keptPlace()).toEqual({ range: [10, 20], sampleStep: 7 });
  expect(keptPreferences()).toMatchObject({ smoothing: 0, xAxis: 'step' });
  expect(state).toMatchObject({ folders: ['/run'] });
});

it('requests everything with the curves requested last, and at first with those of the kept range', async () => {
  const { keep, requestCurves, requestEverything } = await import('./host');
  keep({ range: [10, 20], xAxis: 'images' });
  requestEverything();
  const view = { xAxis: 'step', maxBuckets: 300 } as const;
  requestCurves(view);
  requestEverything();
  expect(posted).toEqual([
    { type: 'ready', view: { xAxis: 'images', from: 10, to: 20, maxBuckets: 800 } },
    { type: 'view', view },
    { type: 'ready', view },
  ]);
});
