import { describe, expect, it } from 'vitest';
import { linePoints, MemoryEngine, ScalarTask } from '../../test/support/scalar-training';
import type { LiveSample } from '../shared/point-sample';
import { LiveSamples } from './live-samples';
import { Sampler } from './samples';
import { TrainingClock } from './training-clock';

/** Each sample takes `tookMs`, by a clock that stands still otherwise. */
async function watched(tookMs: number) {
  let nowMs = 0;
  const engine = new MemoryEngine();
  const task = new ScalarTask();
  engine.write(task.initialState(1));
  const data = { train: linePoints(8), heldOut: linePoints(2) };
  const sampler = await Sampler.create({ task, engine, data }, { seed: 1, count: 4 });
  const clock = new TrainingClock(0, () => nowMs);
  clock.start();
  const shown: LiveSample[] = [];
  const show = (sample: LiveSample): void => {
    nowMs += tookMs;
    shown.push(sample);
  };
  const live = new LiveSamples(sampler, clock, show, () => nowMs);
  const advance = (ms: number): void => {
    nowMs += ms;
  };
  return { live, shown, clock, advance };
}

describe('live samples', () => {
  it('are made for somebody who watches, once per step', async () => {
    const { live, shown, advance } = await watched(1);
    await live.offer(1);
    expect(shown).toEqual([]);
    live.watch(true);
    await live.offer(1);
    advance(100);
    await live.offer(1);
    await live.offerNow(1);
    expect(shown.map(({ step }) => step)).toEqual([1]);
    expect(shown[0]?.sample).toMatchObject({ heatColumns: 64, extent: 3.75 });
    live.watch(false);
    advance(100);
    await live.offer(2);
    await live.offerNow(2);
    expect(shown).toHaveLength(1);
  });

  it('are at most 15 a second, and fewer where they take long', async () => {
    for (const [tookMs, apartMs] of [
      [1, 1000 / 15],
      [30, 200],
    ] as const) {
      const { live, shown, advance } = await watched(tookMs);
      live.watch(true);
      await live.offer(1);
      advance(apartMs - tookMs - 1);
      await live.offer(2);
      advance(2);
      await live.offer(3);
      expect(shown.map(({ step }) => step)).toEqual([1, 3]);
    }
  });

  it('show the step of a pause at once, and the present one to whoever begins to watch', async () => {
    const { live, shown } = await watched(1);
    live.watch(true);
    await live.offer(1);
    await live.offerNow(2);
    await live.offerNow(2);
    live.watch(true);
    await live.offerNow(2);
    expect(shown.map(({ step }) => step)).toEqual([1, 2, 2]);
  });
});

it('the clock of training leaves out what does not count, whether it runs or not', async () => {
  let nowMs = 0;
  const clock = new TrainingClock(5, () => nowMs);
  const work = async (): Promise<void> => {
    nowMs += 1000;
  };
  await clock.without(work);
  nowMs += 1000;
  expect(clock.seconds).toBe(5);
  clock.start();
  await clock.without(work);
  nowMs += 1000;
  expect(clock.seconds).toBe(6);
});
