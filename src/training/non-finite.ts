/** NaN or infinity in a step: found before it can spread, and told with the place in which it began. */
import { WorkbenchError } from '../shared/errors';
import { localizable } from '../shared/localizable-text';
import type { StepResult } from './task';

export class NonFiniteError extends WorkbenchError {
  /** The step that could not be done; the state before it is kept. */
  readonly step: number;
  /** The loss or gradient in which it began. */
  readonly tensor: string;

  constructor(step: number, tensor: string) {
    super(
      localizable('Training stopped at step {0}: NaN or infinity in {1}.', step, tensor),
      localizable(
        'The last valid state is saved as the checkpoint of step {0}. Lower the learning rates, or stabilise training with a regulariser such as r1 or another objective, and start again.',
        step - 1,
      ),
    );
    this.step = step;
    this.tensor = tensor;
  }
}

/** Name of the first loss, score, norm or extra value that is NaN or infinite, if any is. */
export function firstNonFinite({ nonFinite, extra, ...values }: StepResult): string | undefined {
  const all: Readonly<Record<string, number>> = { ...values, ...extra };
  return nonFinite ?? Object.keys(all).find((name) => !Number.isFinite(all[name]));
}
