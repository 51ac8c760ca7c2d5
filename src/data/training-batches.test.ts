import { expect, it } from 'vitest';
import type { Examples } from './source';
import { TrainingBatches } from './training-batches';

/** Examples whose only value is their index, with its negative as part of the input if paired. */
function counting(count: number, paired = false): Examples {
  return {
    count,
    shape: { kind: 'points', dimensions: 1 },
    classes: 0,
    ...(paired ? { input: { kind: 'image', height: 1, width: 2, channels: 1 } } : {}),
    async read(indices, target, _, inputs) {
      target.set(indices);
      indices.forEach((index, slot) => {
        inputs?.set([-index, 0.5], 2 * slot);
      });
    },
    async close() {},
  };
}

async function take(stream: TrainingBatches, batches: number): Promise<{ made: number[]; given: number[] }> {
  const taken: { made: number[]; given: number[] } = { made: [], given: [] };
  for (let i = 0; i < batches; i++) {
    const { examples, inputs } = await stream.next();
    taken.made.push(...examples.data);
    taken.given.push(...(inputs?.data ?? []));
  }
  return taken;
}

it('keeps pairs together', async () => {
  const stream = new TrainingBatches({ examples: counting(9, true) }, { batchSize: 3, seed: 1 });
  const { inputs, examples } = await stream.next();
  expect(inputs?.shape).toEqual([3, 1, 2, 1]);
  expect([...(inputs?.data ?? [])]).toEqual([...examples.data].flatMap((index) => [-index, 0.5]));
  expect(stream.consumed).toEqual({ data: { epoch: 0, offset: 3 } });
});

it('shuffles unpaired bodies independently, each as long as it is', async () => {
  const bodies = { examples: counting(8), unpairedInputs: counting(6) };
  const { made, given } = await take(new TrainingBatches(bodies, { batchSize: 2, seed: 1 }), 12);
  const ascending = (values: number[]): number[] => values.sort((a, b) => a - b);
  expect(ascending(made.slice(0, 8))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(ascending(given.slice(6, 12))).toEqual([0, 1, 2, 3, 4, 5]);
  expect(made.slice(8, 14)).not.toEqual(given.slice(8, 14));
});

it('goes on from the positions of both bodies as it would have', async () => {
  const bodies = { examples: counting(8), unpairedInputs: counting(5) };
  const options = { batchSize: 2, seed: 4 };
  const whole = await take(new TrainingBatches(bodies, options), 9);
  const first = new TrainingBatches(bodies, options);
  await take(first, 4);
  const rest = await take(new TrainingBatches(bodies, { ...options, position: first.consumed }), 5);
  expect(rest).toEqual({ made: whole.made.slice(8), given: whole.given.slice(8) });
});
