import { describe, expect, it } from 'vitest';
import type { SampleContent } from '../../../src/shared/dashboard-protocol';
import { KeptSamples, nearestIndex, shownIndex } from './kept-samples';

const picture: SampleContent = { kind: 'image', png: new Uint8Array() };
const damaged: SampleContent = { kind: 'unreadable', problem: 'It is not a PNG image.' };

describe('KeptSamples', () => {
  it('waits for what has not come, and for nothing where there is no sample', () => {
    const kept = new KeptSamples();
    expect(kept.hasArrived(10)).toBe(true);
    kept.steps = [10, 20];
    expect(kept.hasArrived(10)).toBe(false);
    kept.keep(10, picture);
    expect([kept.hasArrived(10), kept.hasArrived(15), kept.hasArrived(20)]).toEqual([true, true, false]);
  });

  it('does not wait for a sample that cannot be read, and asks for it again', () => {
    const kept = new KeptSamples();
    kept.steps = [10];
    kept.keep(10, damaged);
    expect(kept.hasArrived(10)).toBe(true);
    expect(kept.contentOf(10)).toBeUndefined();
    kept.keep(10, picture);
    expect(kept.contentOf(10)).toBe(picture);
  });

  it('gives up the samples that came first', () => {
    const kept = new KeptSamples();
    kept.steps = Array.from({ length: 200 }, (_, step) => step);
    for (const step of kept.steps) kept.keep(step, picture);
    expect([kept.hasArrived(0), kept.hasArrived(199)]).toEqual([false, true]);
  });
});

describe('shownIndex', () => {
  it('follows the newest sample where none was chosen', () => {
    expect(shownIndex([0, 10, 20], undefined)).toBe(2);
  });

  it('stays at the chosen step, at the next one where it is gone, and at the newest until there is one', () => {
    expect(shownIndex([0, 10, 20], 10)).toBe(1);
    expect(shownIndex([0, 20, 40], 10)).toBe(1);
    expect(shownIndex([0], 10)).toBe(0);
  });
});

describe('nearestIndex', () => {
  it('finds the nearest step on either side, and the later of two equally near', () => {
    const steps = [0, 10, 25, 50];
    expect([-5, 4, 5, 6, 17, 18, 26, 90].map((wanted) => nearestIndex(steps, wanted))).toEqual([
      0, 0, 1, 1, 1, 2, 2, 3,
    ]);
  });
});
