/**
 * Scalars of an experiment that may change during training: a number, or a ramp from one number to another. Constants
 * are compiled into the step; the value of a ramp is an input of the step, computed from the step's number alone, so
 * that a resumed run continues it exactly.
 */
import * as z from 'zod';
import { choice } from '../../shared/choice';
import { cosineBetween } from './cosine-between';

export interface Ramp {
  readonly from: number;
  readonly to: number;
  readonly by: 'cosine' | 'linear';
  /** Fraction of the run after which the value is `to`. */
  readonly over: number;
}

export type Scalar = number | Ramp;

/** A number within these bounds, or a ramp between two of them. */
export function scalarOption<Bounds extends z.ZodNumber>(bounds: Bounds) {
  return z.union([
    bounds,
    z.strictObject({
      from: bounds.describe('Value at the first step.'),
      to: bounds.describe('Value at the end of the ramp and afterwards.'),
      by: choice(['cosine', 'linear'], {
        cosine: 'Half a cosine: slow at both ends.',
        linear: 'A straight line.',
      })
        .default('cosine')
        .describe('Shape of the ramp.'),
      over: z
        .number()
        .positive()
        .max(1)
        .default(1)
        .describe('Fraction of the run over which the value changes.'),
    }),
  ]);
}

/** @param progress fraction of the run's steps that are completed, in [0, 1) */
export function valueAt(scalar: Scalar, progress: number): number {
  if (typeof scalar === 'number') return scalar;
  const { from, to, by, over } = scalar;
  const done = Math.min(1, progress / over);
  return by === 'cosine' ? cosineBetween(from, to, done) : from + (to - from) * done;
}

export function isRamp(value: unknown): value is Ramp {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

/** The largest value that a scalar takes during training. */
export function largestOf(scalar: Scalar): number {
  return typeof scalar === 'number' ? scalar : Math.max(scalar.from, scalar.to);
}
