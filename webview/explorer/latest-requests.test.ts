import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LatentPlace } from '../../src/shared/explorer-protocol';
import { send } from './host';
import { LatestRequests } from './latest-requests';

vi.mock('./host', () => ({ send: vi.fn() }));

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

const place = (mix: number): LatentPlace => ({ from: 0, to: 1, mix, offsets: [] });
const asked = () => vi.mocked(send).mock.calls.map(([message]) => message);
const questions = () =>
  asked().map((message) => ('place' in message ? [message.type, message.place.mix] : []));

it('has one sample on the way, and asks next for where the slider is by then', () => {
  const asker = new LatestRequests();
  for (const mix of [0, 0.1, 0.2, 0.3]) asker.ask(place(mix), false, false);
  expect(questions()).toEqual([['sample', 0]]);
  asker.answered();
  expect(questions()).toEqual([
    ['sample', 0],
    ['sample', 0.3],
  ]);
  asker.answered();
  expect(questions()).toHaveLength(2);
});

it('asks for frames and neighbours once the slider rests, of its last place alone', () => {
  const asker = new LatestRequests();
  asker.ask(place(0), true, true);
  asker.ask(place(0.5), true, true);
  vi.runAllTimers();
  expect(questions()).toEqual([
    ['sample', 0],
    ['frames', 0.5],
    ['neighbours', 0.5],
  ]);
});

it('does not ask for neighbours of a place that was left for one without', () => {
  const asker = new LatestRequests();
  asker.ask(place(0), false, true);
  asker.ask(place(0.5), false, false);
  vi.runAllTimers();
  expect(questions()).toEqual([['sample', 0]]);
});

it('knows the answer to the newest question of a kind, and none to those before a reset', () => {
  const asker = new LatestRequests();
  asker.ask(place(0), true, false);
  vi.runAllTimers();
  const [sample, frames] = asked().map((message) => ('request' in message ? message.request : Number.NaN));
  expect(asker.isNewest('sample', sample ?? Number.NaN)).toBe(true);
  expect(asker.isNewest('frames', frames ?? Number.NaN)).toBe(true);
  expect(asker.isNewest('frames', sample ?? Number.NaN)).toBe(false);
  asker.ask(place(0.5), true, true);
  asker.reset();
  vi.runAllTimers();
  expect(asker.isNewest('sample', sample ?? Number.NaN)).toBe(false);
  expect(questions()).toEqual([
    ['sample', 0],
    ['frames', 0],
  ]);
  asker.ask(place(1), false, false);
  expect(questions().at(-1)).toEqual(['sample', 1]);
});
