/** NaN or infinity in a step: detected before it can spread, and reported with its origin. */
import { WorkbenchError } from '../shared/errors';
import { localizable } from '../shared/localizable-text';
import type { StepResult } from './task';

export class NonFiniteError extends WorkbenchError {
  /** The step that failed; the state before it is saved. */
  readonly step: number;
  /** The loss or gradient in which it originated. */
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

/** Returns the name of the first loss, score, norm or extra value that is NaN or infinite, if any. */
export function firstNonFinite({ nonFinite, extra, ...values }: StepResult): string | undefined {
  const all: Readonly<Record<string, number>> = { ...values, ...extra };
  return nonFinite ?? Object.keys(all).find((name) => !Number.isFinite(all[name]));
}
