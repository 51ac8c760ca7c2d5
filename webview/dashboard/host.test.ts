import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let state: object | undefined;

beforeEach(() => {
  state = undefined;
  vi.resetModules();
  vi.stubGlobal('acquireVsCodeApi', () => ({
    postMessage: () => undefined,
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
