import { expect, it } from 'vitest';
import { formatText } from '../../shared/localizable-text';
import type { StepValues } from '../../shared/run-format';
import type { Comparison, TimingStart } from '../../shared/step-time-protocol';
import { type Candidate, compareEngines, TIMED_MS } from './comparison';

const VALUES: StepValues = {
  discriminatorLoss: 1.386,
  generatorLoss: 0.75,
  realScore: 0.5,
  fakeScore: 0.5,
  discriminatorGradientNorm: 0.25,
  generatorGradientNorm: 0.001,
};

interface FakeEngine {
  /** Of the first step, which is not timed. */
  readonly firstMs: number;
  readonly stepMs: number;
  readonly values?: Partial<StepValues>;
  readonly failure?: { readonly step: number; readonly message: string };
}

function compare(engines: Readonly<Record<'cpu' | 'card', FakeEngine>>) {
  let now = 0;
  const starts: TimingStart[] = [];
  const counts = { cpu: 0, card: 0 };
  const closed: string[] = [];
  const candidate = (name: 'cpu' | 'card'): Candidate => ({
    name,
    async open() {
      const { firstMs, stepMs, values, failure } = engines[name];
      if (failure?.step === 0) throw new Error(failure.message);
      return {
        async step() {
          const step = ++counts[name];
          if (failure?.step === step) throw new Error(failure.message);
          now += step === 1 ? firstMs : stepMs;
          return { ...VALUES, ...values };
        },
        close: async () => void closed.push(name),
      };
    },
  });
  const comparison = compareEngines(candidate('cpu'), candidate('card'), {
    nowMs: () => now,
    onTiming: async (start) => void starts.push(start),
  });
  return { comparison, counts, closed, starts, totalMs: () => now };
}

const reasonOf = (comparison: Comparison): string =>
  comparison.kind === 'unusable' ? formatText(comparison.reason) : 'usable';

it('times the steps after the first one, for a second in total', async () => {
  const { comparison, counts, closed, starts, totalMs } = compare({
    cpu: { firstMs: 120, stepMs: 100 },
    card: { firstMs: 5000, stepMs: 10 },
  });
  expect(await comparison).toEqual({ kind: 'measured', processorStepMs: 100, deviceStepMs: 10 });
  expect(counts).toEqual({ cpu: 1 + 5, card: 1 + 50 });
  expect(closed).toEqual(['cpu', 'card']);
  expect(starts).toEqual([{ processorStepMs: 100, remainingMs: 500 }]);
  expect(totalMs()).toBe(120 + 5000 + TIMED_MS);
});

it('takes the first step of a processor on which no other would fit, and leaves the time to the device', async () => {
  const { comparison, counts, starts } = compare({
    cpu: { firstMs: 3000, stepMs: 2900 },
    card: { firstMs: 2000, stepMs: 900 },
  });
  expect(await comparison).toEqual({ kind: 'measured', processorStepMs: 3000, deviceStepMs: 900 });
  expect(counts).toEqual({ cpu: 1, card: 2 });
  expect(starts).toEqual([{ processorStepMs: 3000, remainingMs: TIMED_MS }]);
});

it.each([
  [0, 'no adapter'],
  [1, 'device lost'],
  [2, 'out of memory'],
])('a device that fails at step %d is unusable, with its reason', async (step, message) => {
  const { comparison } = compare({
    cpu: { firstMs: 12, stepMs: 10 },
    card: { firstMs: 1, stepMs: 1, failure: { step, message } },
  });
  expect(reasonOf(await comparison)).toBe(message);
});

it('runs nothing on the processor where there is no device', async () => {
  const { comparison, counts } = compare({
    cpu: { firstMs: 12, stepMs: 10 },
    card: { firstMs: 1, stepMs: 1, failure: { step: 0, message: 'no adapter' } },
  });
  expect(reasonOf(await comparison)).toBe('no adapter');
  expect(counts).toEqual({ cpu: 0, card: 0 });
});

it('propagates the failure of the processor', async () => {
  const { comparison } = compare({
    cpu: { firstMs: 1, stepMs: 1, failure: { step: 1, message: 'broken network' } },
    card: { firstMs: 1, stepMs: 1 },
  });
  await expect(comparison).rejects.toThrow('broken network');
});

it.each<[keyof StepValues, number]>([
  ['discriminatorLoss', 1.45],
  ['generatorLoss', Number.NaN],
  ['discriminatorGradientNorm', 0.2],
])('a device whose %s is %d is unusable', async (key, value) => {
  const { comparison } = compare({
    cpu: { firstMs: 12, stepMs: 10 },
    card: { firstMs: 1, stepMs: 1, values: { [key]: value } },
  });
  expect(reasonOf(await comparison)).toBe(
    `the first step gives other results (${key}: ${VALUES[key]} on cpu, ${value} on card)`,
  );
});

it('allows for rounding, also of what is nearly zero', async () => {
  const { comparison } = compare({
    cpu: { firstMs: 12, stepMs: 10 },
    card: {
      firstMs: 1,
      stepMs: 1,
      values: { discriminatorLoss: 1.3862, generatorGradientNorm: 0.00105 },
    },
  });
  expect((await comparison).kind).toBe('measured');
});
