/**
 * Times the steps of one network on two engines, for at most a second in total, and compares what they compute. It knows
 * neither engines nor networks, so that tests decide how long a step takes.
 */
import { causeOf } from '../../shared/errors';
import { type LocalizableText, localizable, verbatim } from '../../shared/localizable-text';
import type { StepValues } from '../../shared/run-format';
import type { Comparison, TimingStart } from '../../shared/step-time-protocol';

/** A network that is compiled on an engine. Both engines are given the same network and inputs. */
export interface Trial {
  step(): Promise<StepValues>;
  close(): Promise<void>;
}

export interface Candidate {
  readonly name: string;
  /** Throws if the engine does not work on this machine. */
  open(): Promise<Trial>;
}

export interface Watch {
  nowMs(): number;
  /** Awaited before the device is timed: a step cannot be interrupted from within the process. */
  onTiming(soFar: TimingStart): Promise<void>;
}

/** Total time of the timed steps. Compiling and the first step of each engine, which allocates, are not included. */
export const TIMED_MS = 1000;

/** Relative difference of losses and gradient norms after which a device counts as wrong; rounding gives 1e-4. */
const TOLERANCE = 1e-2;

const COMPARED = [
  'discriminatorLoss',
  'generatorLoss',
  'discriminatorGradientNorm',
  'generatorGradientNorm',
] as const satisfies readonly (keyof StepValues)[];

/**
 * Opens the device first: where there is none, nothing else is worth its time. Propagates errors of the processor; those
 * of the device make it unusable.
 */
export async function compareEngines(
  processor: Candidate,
  device: Candidate,
  watch: Watch,
): Promise<Comparison> {
  const opened = await attempt(() => device.open());
  if ('reason' in opened) return { kind: 'unusable', reason: opened.reason };
  const { values, timing } = await timeOnProcessor(processor, watch);
  const { stepMs: processorStepMs, spentMs } = timing;
  const compared = await attempt(async (): Promise<Comparison> => {
    const trial = opened.result;
    const difference = differenceOf(values, await trial.step(), [processor.name, device.name]);
    if (difference !== undefined) return { kind: 'unusable', reason: difference };
    const remainingMs = TIMED_MS - spentMs;
    await watch.onTiming({ processorStepMs, remainingMs });
    const deviceStepMs = await timeWithin(trial, remainingMs, watch);
    await trial.close();
    return { kind: 'measured', processorStepMs, deviceStepMs };
  });
  return 'reason' in compared ? { kind: 'unusable', reason: compared.reason } : compared.result;
}

async function attempt<Result>(
  action: () => Promise<Result>,
): Promise<{ readonly result: Result } | { readonly reason: LocalizableText }> {
  try {
    return { result: await action() };
  } catch (error) {
    return { reason: verbatim(causeOf(error)) };
  }
}

interface Timing {
  readonly stepMs: number;
  readonly spentMs: number;
}

async function timeOnProcessor(
  candidate: Candidate,
  watch: Watch,
): Promise<{ readonly values: StepValues; readonly timing: Timing }> {
  const trial = await candidate.open();
  try {
    const startMs = watch.nowMs();
    const values = await trial.step();
    return { values, timing: await timeSteps(trial, watch.nowMs() - startMs, watch) };
  } finally {
    await trial.close();
  }
}

/**
 * Runs as many steps as fit into half of the time, and none that would not. Without any, the first step counts, which is
 * a little slower.
 */
async function timeSteps(trial: Trial, firstMs: number, watch: Watch): Promise<Timing> {
  const startMs = watch.nowMs();
  let [steps, spentMs, stepMs] = [0, 0, firstMs];
  while (spentMs + stepMs <= TIMED_MS / 2) {
    await trial.step();
    steps++;
    spentMs = watch.nowMs() - startMs;
    stepMs = spentMs / steps;
  }
  return { stepMs, spentMs };
}

/** Mean time of a step, of as many as fit and at least one: the first step tells nothing about the others. */
async function timeWithin(trial: Trial, budgetMs: number, { nowMs }: Watch): Promise<number> {
  const startMs = nowMs();
  let [steps, spentMs] = [0, 0];
  do {
    await trial.step();
    steps++;
    spentMs = nowMs() - startMs;
  } while (spentMs + spentMs / steps <= budgetMs);
  return spentMs / steps;
}

function differenceOf(
  expected: StepValues,
  found: StepValues,
  [processor, device]: readonly [string, string],
): LocalizableText | undefined {
  const wrong = COMPARED.find((key) => {
    const scale = Math.max(Math.abs(expected[key]), TOLERANCE);
    return !(Math.abs(found[key] - expected[key]) <= TOLERANCE * scale);
  });
  if (wrong === undefined) return undefined;
  const [right, other] = [expected[wrong], found[wrong]].map((value) => String(Number(value.toPrecision(6))));
  return localizable(
    'the first step gives other results ({0}: {1} on {2}, {3} on {4})',
    wrong,
    right ?? '',
    processor,
    other ?? '',
    device,
  );
}
