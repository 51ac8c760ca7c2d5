import { describe, expect, it } from 'vitest';
import { openNativeEngine } from '../../engine/onnx/open-native';
import { batchNorm } from '../../nn/layers';
import { float32, scalar } from '../../shared/host-tensor';
import { declarePlayer, EMA, EMA_DECAY, emaDecayAt, updateAverage } from './player';
import { recordProgram } from './recorded-program';

describe('the running average', () => {
  it('keeps little while it is young, and its share once it is old', () => {
    const averaging = { decay: 0.9, rampUp: 4 };
    expect([1, 4, 12, 36, 37, 1000].map((step) => emaDecayAt(averaging, step, 0))).toEqual([
      0.2, 0.5, 0.75, 0.9, 0.9, 0.9,
    ]);
  });

  it('keeps its share from the first step where nothing ramps up', () => {
    expect(emaDecayAt({ decay: 0.9, rampUp: 0 }, 1, 0)).toBe(0.9);
  });

  it('follows a ramp of the share, or of the steps that halve what is left', () => {
    const ramp = { from: 0, to: 4, by: 'linear', over: 0.5 } as const;
    const at = (decay: Parameters<typeof emaDecayAt>[0]['decay'], progress: number): number =>
      emaDecayAt({ decay, rampUp: 0 }, 1, progress);
    expect([0, 0.25, 0.5].map((progress) => at({ ...ramp, to: 0.5 }, progress))).toEqual([0, 0.25, 0.5]);
    expect([0, 0.125, 0.25, 0.9].map((progress) => at({ halfLife: ramp }, progress))).toEqual([
      0,
      0.5,
      Math.SQRT1_2,
      0.5 ** 0.25,
    ]);
    expect(at({ halfLife: 2 }, 0)).toBe(Math.SQRT1_2);
  });

  it('moves by what the share leaves, of weights and of running statistics', async () => {
    const player = declarePlayer('generator', (scope, x) => batchNorm(scope, 'norm', x), [2, 1], 0);
    const spec = { shape: [1], dtype: 'float32' } as const;
    const present = ['gamma', 'beta', 'mean', 'variance'].map((name) => `generator/norm/${name}`);
    expect(player.leaves.map(({ name }) => name).toSorted()).toEqual(present.toSorted());
    const leaves = Object.fromEntries(
      present.flatMap((name) => [
        [name, spec],
        [EMA + name, spec],
      ]),
    );
    const program = recordProgram('average', leaves, (step) => updateAverage(step, player));
    const engine = await openNativeEngine(1);
    present.forEach((name, i) => {
      engine.write({
        [name]: float32([1], Float32Array.of(i)),
        [EMA + name]: float32([1], Float32Array.of(i + 8)),
      });
    });
    await engine.compile(program);
    await engine.run('average', { [EMA_DECAY]: scalar(0.75) });
    const state = await engine.read(engine.leafNames());
    // 0.75·(i + 8) + 0.25·i = i + 6
    expect(present.map((name) => state[EMA + name]?.data[0])).toEqual([6, 7, 8, 9]);
    expect(present.map((name) => state[name]?.data[0])).toEqual([0, 1, 2, 3]);
    await engine.dispose();
  });
});
