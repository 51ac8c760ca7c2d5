import { describe, expect, it } from 'vitest';
import type { HostTensor } from '../shared/host-tensor';
import { float32 } from '../shared/host-tensor';
import { UnknownLeafError } from './leaf-table';
import { CAN_FREE, StateStore } from './state-store';

const leaf = (value: number): HostTensor => float32([1], Float32Array.of(value));

/** Acts like a program: returns a new array, which becomes the state. */
function advance(store: StateStore, value: number): HostTensor {
  const returned = leaf(value);
  store.replace({ w: returned });
  return returned;
}

describe('the state of an engine', () => {
  it('takes the arrays of a program over without copying them', () => {
    const store = new StateStore();
    store.write({ w: leaf(0) });
    const returned = advance(store, 5);
    expect(store.current('w').data).toBe(returned.data);
  });

  it('refuses leaves that have not been written', () => {
    expect(() => new StateStore().replace({ w: leaf(1) })).toThrow(UnknownLeafError);
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

  it.runIf(CAN_FREE)('frees what is neither current nor marked, and nothing else', () => {
    const store = new StateStore();
    store.write({ w: leaf(0) });
    const marked = advance(store, 1);
    store.mark();
    const passing = advance(store, 2);
    const current = advance(store, 3);
    const lengths = (): number[] => [marked, passing, current].map(({ data }) => data.length);
    expect(lengths()).toEqual([1, 0, 1]);
    store.mark();
    expect(lengths()).toEqual([0, 0, 1]);
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
