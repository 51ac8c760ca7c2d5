import { describe, expect, it } from 'vitest';
import { isSampled, isSampleKept, nearestStep, type SampleThinning } from './sample-files';

const REGULAR = { sampleEvery: 100, earlySamples: [] };

/** The samples left when one is taken every 100 steps and older ones are thinned after each. */
function keptAfter(samples: number, thinning: SampleThinning): number[] {
  let kept: number[] = [];
  for (let i = 0; i <= samples; i++) {
    const newest = i * thinning.sampleEvery;
    kept = [...kept, newest].filter((step) => isSampleKept(step, newest, thinning));
  }
  return kept.map((step) => step / thinning.sampleEvery);
}

describe('isSampleKept', () => {
  it('keeps all of the newest and halves the density with each doubling of the age', () => {
    expect(keptAfter(40, { ...REGULAR, keepRecentSamples: 4 })).toEqual([
      0, 16, 24, 28, 32, 34, 36, 37, 38, 39, 40,
    ]);
  });

  it('leaves few of very many, the first and the newest among them', () => {
    const kept = keptAfter(10_000, { ...REGULAR, keepRecentSamples: 16 });
    expect(kept.length).toBeLessThan(16 + 8 * Math.ceil(Math.log2(10_000 / 16)) + 2);
    expect(kept.length).toBeGreaterThan(16 + 8 * Math.floor(Math.log2(10_000 / 16)) - 8);
    expect(kept[0]).toBe(0);
    expect(kept.slice(-16)).toEqual(Array.from({ length: 16 }, (_, i) => 9_985 + i));
  });

  it('does not depend on how often thinning is done', () => {
    const thinning = { ...REGULAR, keepRecentSamples: 4 };
    const atOnce = Array.from({ length: 301 }, (_, i) => 100 * i).filter((step) =>
      isSampleKept(step, 30_000, thinning),
    );
    expect(atOnce.map((step) => step / 100)).toEqual(keptAfter(300, thinning));
  });

  it('gives up old samples that were taken between the intervals', () => {
    const thinning = { ...REGULAR, keepRecentSamples: 4 };
    expect(isSampleKept(1_650, 2_000, thinning)).toBe(true);
    expect(isSampleKept(1_550, 2_000, thinning)).toBe(false);
  });

  it('keeps early samples, which lie before the first interval, for good', () => {
    const thinning = { sampleEvery: 100, earlySamples: [10, 25, 150], keepRecentSamples: 4 };
    const steps = [0, 10, 25, 60, 100, 150];
    expect(steps.filter((step) => isSampleKept(step, 1_000_000, thinning))).toEqual([0, 10, 25]);
  });

  it('keeps everything where that is asked for', () => {
    expect(keptAfter(100, { ...REGULAR, keepRecentSamples: 0 })).toHaveLength(101);
  });
});

describe('isSampled', () => {
  it('holds at intervals, and early on at the steps that are given', () => {
    const intervals = { sampleEvery: 40, earlySamples: [10, 25, 50, 100] };
    const steps = Array.from({ length: 121 }, (_, step) => step);
    expect(steps.filter((step) => isSampled(step, intervals))).toEqual([0, 10, 25, 40, 80, 120]);
  });
});

describe('nearestStep', () => {
  it('is that of the sample which shows a step best, or the newest', () => {
    const steps = [0, 100, 200, 300];
    expect(nearestStep(steps, 210)).toBe(200);
    expect(nearestStep(steps, 150)).toBe(200);
    expect(nearestStep(steps, 1000)).toBe(300);
    expect(nearestStep(steps, undefined)).toBe(300);
    expect(nearestStep([], 5)).toBeUndefined();
  });
});
