import { describe, expect, it } from 'vitest';
import type { SampleContent } from '../../src/shared/dashboard-protocol';
import { KeptSamples } from './kept-samples';

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
