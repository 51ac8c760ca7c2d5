import { describe, expect, it } from 'vitest';
import type { HostTensor } from '../shared/host-tensor';
import { float32 } from '../shared/host-tensor';
import { StateStore, UnknownLeafError } from './state-store';

const leaf = (value: number): HostTensor => float32([1], Float32Array.of(value));

/** Acts like a program: writes to a spare array and swaps it in. */
function advance(store: StateStore, value: number): HostTensor {
  const spare = store.spare('w');
  spare.data[0] = value;
  store.replace({ w: spare });
  return spare;
}

describe('the state of an engine', () => {
  it('swaps arrays and makes no new ones after the first few', () => {
    const store = new StateStore();
    store.write({ w: leaf(0) });
    const used = new Set<unknown>();
    for (let step = 1; step <= 50; step++) {
      store.mark();
      used.add(advance(store, step).data);
      expect(store.current('w').data[0]).toBe(step);
    }
    expect(used.size).toBeLessThanOrEqual(3);
  });

  it('goes back to the marked state, however many programs ran since', () => {
    const store = new StateStore();
    store.write({ w: leaf(7) });
    for (let step = 0; step < 3; step++) {
      store.mark();
      const before = store.current('w').data[0];
      for (let run = 0; run < 5; run++) advance(store, 100 * step + run);
      store.rollback();
      expect(store.current('w').data[0]).toBe(before);
      advance(store, step);
    }
  });

  it('hands out copies', () => {
    const store = new StateStore();
    const given = leaf(1);
    store.write({ w: given });
    given.data[0] = 5;
    const read = store.read(['w']).w;
    expect(read?.data[0]).toBe(1);
    if (read !== undefined) read.data[0] = 9;
    expect(store.current('w').data[0]).toBe(1);
  });

  it('names a leaf that is not there', () => {
    expect(() => new StateStore().current('generator/none')).toThrow(UnknownLeafError);
    expect(() => new StateStore().current('generator/none')).toThrow('generator/none');
  });
});
