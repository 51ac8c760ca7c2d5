import { expect, it } from 'vitest';
import { keptFolder, sweepPageMessage } from './page-messages';

it.each([
  [{ type: 'ready', at: 'end' }],
  [{ type: 'openRun', folder: '/w/gan-runs/00001-ring' }],
  [{ type: 'startFrom', trial: 3 }],
  [{ type: 'compareAt', at: 200 }],
  [{ type: 'showSamples', folders: ['/a'] }],
  [{ type: 'stop' }],
  [{ type: 'resume' }],
])('takes %o', (message) => {
  expect(sweepPageMessage.parse(message)).toEqual(message);
});

it.each([
  [null],
  [{ type: 'ready', at: 'start' }],
  [{ type: 'openRun', folder: 3 }],
  [{ type: 'startFrom', trial: 0 }],
  [{ type: 'compareAt', at: -1 }],
  [{ type: 'showSamples', folders: [3] }],
])('refuses %o', (message) => {
  expect(sweepPageMessage.safeParse(message).success).toBe(false);
});

it('finds the folder of a page that is restored, if it was stored', () => {
  expect(keptFolder({ folder: '/w', at: 'end' })).toBe('/w');
  expect([undefined, {}, { folder: 3 }].map(keptFolder)).toEqual([undefined, undefined, undefined]);
});
