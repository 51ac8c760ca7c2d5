/** Scalars of an experiment inside a program. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { TensorSpec } from '../../shared/host-tensor';
import type { Scalar } from '../schedules/scalar';
import { INPUTS } from './names';
import type { StepContext } from './recorded-program';

const SCALAR: TensorSpec = { shape: [], dtype: 'float32' };

/** A constant stays a number, which is compiled into the program. @param name under which it is recorded */
export function scheduledScalar(step: StepContext, name: string, value: Scalar): Tensor | number {
  return typeof value === 'number' ? value : step.input(INPUTS.scheduled(name), SCALAR);
}
