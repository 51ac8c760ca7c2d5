/**
 * Draws a program's random inputs for one run, in the program's order, so that a resumed run draws the same numbers.
 */
import type { Random } from '../../random/random';
import type { HostTensor } from '../../shared/host-tensor';
import { float32, sizeOf } from '../../shared/host-tensor';
import type { RecordedProgram } from './recorded-program';

export function drawInputs(program: RecordedProgram, random: Random): Record<string, HostTensor> {
  const inputs: Record<string, HostTensor> = {};
  for (const { name, shape, distribution } of program.draws) {
    const values = new Float32Array(sizeOf(shape));
    inputs[name] = float32(
      shape,
      distribution === 'normal' ? random.fillNormal(values) : random.fillUniform(values, 0, 1),
    );
  }
  return inputs;
}
