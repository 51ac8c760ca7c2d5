import { describe, expect, it } from 'vitest';
import { Random } from '../random/random';
import type { ConfigValue } from '../shared/run-format';
import type { ShownTrial, SweepParameter } from '../shared/sweep-protocol';
import { importanceAt } from './importance';

const unit = (key: string): SweepParameter => ({ key, from: 0, to: 1, isLogarithmic: false, isWhole: false });
const PARAMETERS = [unit('a'), unit('b'), unit('c')];
const objective = { name: 'fid', better: 'lower', counts: 'best' } as const;

/** Trials at random points whose objective is a function of their values. */
function sweepOf(
  count: number,
  value: (a: number, b: number, c: number) => number,
  some: Partial<ShownTrial> = {},
) {
  const random = Random.seeded(0, 'test');
  const trials = Array.from({ length: count }, (_, index): ShownTrial => {
    const [a, b, c] = [random.uniform(), random.uniform(), random.uniform()];
    return {
      trial: index + 1,
      status: 'completed',
      values: [a, b, c],
      value: value(a, b, c),
      curve: [{ step: 100, value: value(c, b, a) }],
      steps: 1,
      runs: [],
      ...some,
    };
  });
  return { trials, parameters: PARAMETERS, objective };
}

const shares = async (...args: Parameters<typeof importanceAt>): Promise<number[]> =>
  (await importanceAt(...args)).parameters.map(({ share }) => share);

describe('the importance of parameters', () => {
  it('is all of that which alone decides, and almost nothing of the others', async () => {
    const { parameters, explained } = await importanceAt(
      sweepOf(60, (a) => (a - 0.4) ** 2),
      'end',
    );
    expect(parameters.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(parameters[0]?.share).toBeGreaterThan(0.93);
    expect(parameters[1]?.share).toBeLessThan(0.04);
    expect(parameters[2]?.share).toBeLessThan(0.04);
    expect(explained).toBeGreaterThan(0.8);
  });

  it('adds up to one, in the order of the effects', async () => {
    const each = await shares(
      sweepOf(80, (a, b) => 3 * a + b),
      'end',
    );
    expect(each.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    expect(each[0]).toBeGreaterThan(each[1] ?? 0);
    expect(each[1]).toBeGreaterThan(each[2] ?? 0);
  });

  it('sees what two parameters decide together only', async () => {
    const each = await shares(
      sweepOf(120, (a, b) => (a > 0.5 === b > 0.5 ? 0 : 1) + 0.01 * a),
      'end',
    );
    expect(Math.min(each[0] ?? 0, each[1] ?? 0)).toBeGreaterThan(5 * (each[2] ?? 1));
  });

  it('does not depend on a few trials that diverged', async () => {
    const value = (a: number, _: number, c: number): number => (c > 0.97 ? 1e6 : a);
    expect((await shares(sweepOf(60, value), 'end'))[0]).toBeGreaterThan(0.9);
  });

  it('is computed at the step that is asked for', async () => {
    expect(
      (
        await shares(
          sweepOf(40, (a) => a),
          100,
        )
      )[2],
    ).toBeGreaterThan(0.9);
  });

  it('treats the values of a list as names, unless all are numbers', async () => {
    const { trials } = sweepOf(60, () => 0);
    const names: readonly ConfigValue[] = ['z', { name: 'y' }, 'x'];
    const listed = trials.map((one, index) => ({
      ...one,
      values: [names[index % 3] ?? '', ...one.values.slice(1)],
      // The middle of the list is best, so that no order of the names explains it.
      value: index % 3 === 1 ? 0 : 1,
    }));
    const parameters = [{ key: 'a', values: names }, ...PARAMETERS.slice(1)];
    const [share] = await shares({ trials: listed, parameters, objective }, 'end');
    expect(share).toBeGreaterThan(0.9);
  });

  it('is the same each time', async () => {
    const sweep = sweepOf(30, (a, b) => a + b);
    expect(await importanceAt(sweep, 'end')).toEqual(await importanceAt(sweep, 'end'));
  });

  it('explains nothing of chance', async () => {
    const random = Random.seeded(1, 'noise');
    expect(
      (
        await importanceAt(
          sweepOf(60, () => random.uniform()),
          'end',
        )
      ).explained,
    ).toBeLessThan(0.1);
  });
});

describe('trials that do not count', () => {
  it('are pruned, or scored under another protocol', async () => {
    for (const some of [{ status: 'pruned' }, { isIncomparable: true }] as const) {
      const { trials, needed, parameters } = await importanceAt(
        sweepOf(40, (a) => a, some),
        'end',
      );
      expect([trials, parameters]).toEqual([0, []]);
      expect(needed).toBe(16);
    }
  });

  it('are too few to show anything', async () => {
    expect(
      (
        await importanceAt(
          sweepOf(15, (a) => a),
          'end',
        )
      ).parameters,
    ).toEqual([]);
    expect(
      (
        await importanceAt(
          sweepOf(16, (a) => a),
          'end',
        )
      ).parameters,
    ).toHaveLength(3);
  });
});
