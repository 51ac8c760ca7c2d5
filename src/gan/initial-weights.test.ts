import { describe, expect, it } from 'vitest';
import { float32, type HostTensors } from '../shared/host-tensor';
import { withWeightsOf } from './initial-weights';

const filled = (shapes: Readonly<Record<string, readonly number[]>>, value: number): HostTensors =>
  Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const tensor = float32(shape);
      tensor.data.fill(value);
      return [name, tensor];
    }),
  );

const SHAPES = {
  'generator/project/kernel': [3, 4],
  'generator/out/kernel': [4, 2],
  'discriminator/down1/kernel': [2, 4],
  'adam.mean/generator/project/kernel': [3, 4],
  'ema/generator/project/kernel': [3, 4],
  'ema/generator/out/kernel': [4, 2],
};
const initial = filled(SHAPES, 0);
const BOTH = { networks: ['generator', 'discriminator'], average: true } as const;

const firstValues = (leaves: HostTensors): Readonly<Record<string, number | undefined>> =>
  Object.fromEntries(Object.entries(leaves).map(([name, { data }]) => [name, data[0]]));

describe('the weights that a run starts from', () => {
  const found = {
    ...filled(SHAPES, 1),
    ...filled({ 'ema/generator/project/kernel': [3, 4], 'ema/generator/out/kernel': [4, 2] }, 2),
  };

  it('are the moving average of the generator, and the weights of the discriminator', () => {
    const { leaves, taken, isAveraged, misfits } = withWeightsOf(found, initial, BOTH);
    expect(firstValues(leaves)).toEqual({
      'generator/project/kernel': 2,
      'generator/out/kernel': 2,
      'discriminator/down1/kernel': 1,
      'adam.mean/generator/project/kernel': 0,
      'ema/generator/project/kernel': 2,
      'ema/generator/out/kernel': 2,
    });
    expect({ taken, isAveraged, misfits }).toEqual({ taken: 3, isAveraged: true, misfits: [] });
  });

  it('can be those of the step, of which the average starts out as a copy', () => {
    const { leaves, isAveraged } = withWeightsOf(found, initial, { networks: ['generator'], average: false });
    expect(firstValues(leaves)).toMatchObject({
      'generator/project/kernel': 1,
      'ema/generator/project/kernel': 1,
      'discriminator/down1/kernel': 0,
    });
    expect(isAveraged).toBe(false);
  });

  it('are those of the step where no average was kept', () => {
    const { 'ema/generator/project/kernel': _, 'ema/generator/out/kernel': __, ...current } = found;
    const { leaves, isAveraged, misfits } = withWeightsOf(current, initial, BOTH);
    expect(firstValues(leaves)).toMatchObject({ 'ema/generator/out/kernel': 1 });
    expect({ isAveraged, misfits }).toEqual({ isAveraged: false, misfits: [] });
  });

  it('are left out where they are missing, left over or of another shape', () => {
    const { leaves, taken, misfits } = withWeightsOf(
      filled(
        { 'generator/project/kernel': [5, 4], 'generator/out/kernel': [4, 2], 'discriminator/x': [1] },
        1,
      ),
      initial,
      BOTH,
    );
    expect(firstValues(leaves)).toMatchObject({ 'generator/project/kernel': 0, 'generator/out/kernel': 1 });
    expect(Object.keys(leaves)).toEqual(Object.keys(initial));
    expect(taken).toBe(1);
    expect(misfits).toEqual([
      { leaf: 'generator/project/kernel', found: [5, 4], needed: [3, 4] },
      { leaf: 'discriminator/down1/kernel', found: undefined, needed: [2, 4] },
      { leaf: 'discriminator/x', found: [1], needed: undefined },
    ]);
  });
});
