import { expect, it, vi } from 'vitest';
import { formatText, localizable } from '../../shared/localizable-text';
import type { Comparison } from '../../shared/step-time-protocol';
import { chooseEngine } from './choose-engine';
import type { RememberedComparison } from './comparison-file';

const NOW_MS = Date.UTC(2030, 0, 2);
const DAY_MS = 24 * 60 * 60 * 1000;

function choosing(comparison: Comparison, recalled?: RememberedComparison) {
  const compare = vi.fn(async () => comparison);
  const remember = vi.fn(async (_: RememberedComparison) => undefined);
  const choose = async (isSmall = false) => {
    const { takesDevice, remark } = await chooseEngine({
      processor: 'cpu',
      device: 'card',
      isSmall,
      nowMs: NOW_MS,
      recall: async () => recalled,
      remember,
      compare,
    });
    return [takesDevice, formatText(remark)];
  };
  return { choose, compare, remember };
}

const measured = (processorStepMs: number, deviceStepMs?: number): Comparison => ({
  kind: 'measured',
  processorStepMs,
  ...(deviceStepMs === undefined ? {} : { deviceStepMs }),
});

it.each<[Comparison, boolean, string]>([
  [
    measured(85.04, 12),
    true,
    'Engine: card. A step takes 85 ms on cpu and 12 ms on card (measured on 2030-01-02).',
  ],
  [
    measured(10, 8.5),
    false,
    'Engine: cpu. A step takes 10 ms on cpu and 8.5 ms on card (measured on 2030-01-02).',
  ],
  [
    measured(10, 40),
    false,
    'Engine: cpu. A step takes 10 ms on cpu and 40 ms on card (measured on 2030-01-02).',
  ],
  [
    measured(2000),
    false,
    'Engine: cpu. A step takes 2000 ms on it, and none on card ended within a second (measured on 2030-01-02).',
  ],
  [
    { kind: 'unusable', reason: localizable('no adapter') },
    false,
    'Engine: cpu, because card cannot be used: no adapter',
  ],
])('measured as %j: takes the device %j', async (comparison, takesDevice, remark) => {
  const { choose, remember } = choosing(comparison);
  expect(await choose()).toEqual([takesDevice, remark]);
  expect(remember).toHaveBeenCalledExactlyOnceWith({ comparison, atMs: NOW_MS });
});

it('measures nothing for a small network', async () => {
  const { choose, compare, remember } = choosing(measured(10, 1));
  expect(await choose(true)).toEqual([
    false,
    'Engine: cpu. The network is too small to train faster on card.',
  ]);
  expect(compare).not.toHaveBeenCalled();
  expect(remember).not.toHaveBeenCalled();
});

it('measures nothing that it remembers', async () => {
  const recalled = { comparison: measured(85, 12), atMs: NOW_MS - DAY_MS };
  const { choose, compare, remember } = choosing(measured(10, 40), recalled);
  expect(await choose()).toEqual([
    true,
    'Engine: card. A step takes 85 ms on cpu and 12 ms on card (measured on 2030-01-01).',
  ]);
  expect(compare).not.toHaveBeenCalled();
  expect(remember).not.toHaveBeenCalled();
});

it('chooses without a place to remember it', async () => {
  const { choose, remember } = choosing(measured(85, 12));
  remember.mockRejectedValue(new Error('read-only file system'));
  expect((await choose())[0]).toBe(true);
});
