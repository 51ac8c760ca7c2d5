import { describe, expect, it } from 'vitest';
import { BatchStream } from './batches';
import { DataError } from './data-error';
import type { Examples } from './source';

/** Examples whose only value is their index. */
function counting(count: number, fail?: (index: number) => boolean): Examples {
  return {
    count,
    shape: { kind: 'points', dimensions: 1 },
    classes: count,
    async read(indices, target, labels) {
      indices.forEach((index, slot) => {
        if (fail?.(index) === true) throw new Error(`example ${index} cannot be read`);
        target[slot] = index;
        if (labels !== undefined) labels[slot] = index;
      });
    },
    async close() {},
  };
}

async function take(stream: BatchStream, batches: number): Promise<number[]> {
  const values: number[] = [];
  for (let i = 0; i < batches; i++) values.push(...(await stream.next()).examples.data);
  return values;
}

describe('batches', () => {
  it('show every example once an epoch, in another order in the next', async () => {
    const values = await take(new BatchStream(counting(12), { batchSize: 4, seed: 1 }), 6);
    const sorted = (part: number[]): number[] => [...part].sort((a, b) => a - b);
    expect(sorted(values.slice(0, 12))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(sorted(values.slice(12))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(values.slice(0, 12)).not.toEqual(values.slice(12));
  });

  it('are all full, across the border of epochs', async () => {
    const stream = new BatchStream(counting(5), { batchSize: 3, seed: 1 });
    const values = await take(stream, 5);
    for (let epoch = 0; epoch < 3; epoch++)
      expect(new Set(values.slice(epoch * 5, epoch * 5 + 5)).size).toBe(5);
    expect(stream.consumed).toEqual({ epoch: 3, offset: 0 });
  });

  it('may be larger than the data', async () => {
    const values = await take(new BatchStream(counting(2), { batchSize: 7, seed: 1 }), 1);
    expect(values).toHaveLength(7);
    expect(new Set(values)).toEqual(new Set([0, 1]));
  });

  it('go on from a position as they would have', async () => {
    const whole = await take(new BatchStream(counting(10), { batchSize: 3, seed: 9 }), 9);
    const first = new BatchStream(counting(10), { batchSize: 3, seed: 9 });
    const head = await take(first, 4);
    const second = new BatchStream(counting(10), { batchSize: 3, seed: 9, position: first.consumed });
    expect([...head, ...(await take(second, 5))]).toEqual(whole);
  });

  it('go on where an epoch has ended', async () => {
    const whole = await take(new BatchStream(counting(6), { batchSize: 3, seed: 9 }), 4);
    const position = { epoch: 0, offset: 6 };
    const rest = await take(new BatchStream(counting(6), { batchSize: 3, seed: 9, position }), 2);
    expect(rest).toEqual(whole.slice(6));
  });

  it('refuse a position beyond the data, which has changed then', () => {
    const position = { epoch: 2, offset: 7 };
    expect(() => new BatchStream(counting(6), { batchSize: 3, seed: 9, position })).toThrow(DataError);
  });

  it('count what was handed out, not what was read ahead', async () => {
    const stream = new BatchStream(counting(10), { batchSize: 3, seed: 1 });
    expect(stream.consumed).toEqual({ epoch: 0, offset: 0 });
    await stream.next();
    expect(stream.consumed).toEqual({ epoch: 0, offset: 3 });
  });

  it('stay valid while the next ones are read', async () => {
    const stream = new BatchStream(counting(10), { batchSize: 2, seed: 1 });
    const first = await stream.next();
    const copy = Array.from(first.examples.data);
    await stream.next();
    await stream.next();
    expect(Array.from(first.examples.data)).toEqual(copy);
    expect(Array.from(first.labels ?? [])).toEqual(copy);
  });

  it('throw at the call that asks for an example that cannot be read', async () => {
    const stream = new BatchStream(
      counting(4, (index) => index === 2),
      { batchSize: 1, seed: 1 },
    );
    const outcomes: string[] = [];
    for (let i = 0; i < 4; i++) outcomes.push(await stream.next().then(() => 'read', String));
    expect(outcomes.some((outcome) => outcome.includes('example 2 cannot be read'))).toBe(true);
  });
});
