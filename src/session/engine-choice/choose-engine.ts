/**
 * What the engine `auto` means for one network: the processor, or a device on which this very network was measured to
 * train faster. A device that fails or computes wrongly is passed over.
 */
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import type { Comparison } from '../../shared/step-time-protocol';
import type { RememberedComparison } from './comparison-file';

/** An engine for a device does not pay for the risk of an untried driver unless it is clearly faster. */
const LEAST_GAIN = 1.25;

export interface Choices {
  /** The engine for the processor. */
  readonly processor: string;
  /** The engine for a device that may be present. */
  readonly device: string;
  /** Whether steps take too little work for any device. */
  readonly isSmall: boolean;
  readonly nowMs: number;
  recall(nowMs: number): Promise<RememberedComparison | undefined>;
  remember(remembered: RememberedComparison): Promise<void>;
  compare(): Promise<Comparison>;
}

export interface Choice {
  readonly takesDevice: boolean;
  /** Which engine it is, and why. */
  readonly remark: LocalizableText;
}

/** Propagates errors of `compare` alone. */
export async function chooseEngine(choices: Choices): Promise<Choice> {
  const { processor, device, isSmall, nowMs } = choices;
  if (isSmall)
    return {
      takesDevice: false,
      remark: localizable('Engine: {0}. The network is too small to train faster on {1}.', processor, device),
    };
  const remembered = (await choices.recall(nowMs)) ?? (await measure(choices));
  const takesDevice = isFaster(remembered.comparison);
  return { takesDevice, remark: explain(takesDevice ? device : processor, choices, remembered) };
}

async function measure({ nowMs, compare, remember }: Choices): Promise<RememberedComparison> {
  const remembered = { comparison: await compare(), atMs: nowMs };
  // A cache that cannot be written costs another measurement, and stops no training.
  await remember(remembered).catch(() => undefined);
  return remembered;
}

function isFaster(comparison: Comparison): boolean {
  return (
    comparison.kind === 'measured' &&
    comparison.deviceStepMs !== undefined &&
    comparison.deviceStepMs * LEAST_GAIN < comparison.processorStepMs
  );
}

function explain(
  name: string,
  { processor, device }: Choices,
  { comparison, atMs }: RememberedComparison,
): LocalizableText {
  if (comparison.kind === 'unusable') return passedOver(processor, device, comparison.reason);
  const { processorStepMs, deviceStepMs } = comparison;
  const date = new Date(atMs).toISOString().slice(0, 10);
  if (deviceStepMs === undefined)
    return localizable(
      'Engine: {0}. A step takes {1} on it, and none on {2} ended within a second (measured on {3}).',
      name,
      milliseconds(processorStepMs),
      device,
      date,
    );
  return localizable(
    'Engine: {0}. A step takes {1} on {2} and {3} on {4} (measured on {5}).',
    name,
    milliseconds(processorStepMs),
    processor,
    milliseconds(deviceStepMs),
    device,
    date,
  );
}

/** The remark where a device that might have been chosen does not work. */
export function passedOver(processor: string, device: string, reason: LocalizableText): LocalizableText {
  return localizable('Engine: {0}, because {1} cannot be used: {2}', processor, device, reason);
}

/** With three significant digits. */
function milliseconds(ms: number): string {
  return `${Number(ms.toPrecision(3))} ms`;
}
