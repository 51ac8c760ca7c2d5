/** Runs a program once on the compiled engine and once on the oracle, for tests that compare the two. */
import '@tensorflow/tfjs-backend-cpu';
import '../../src/nn/gradients';
import type { EngineDefinition } from '../../src/engine/definition';
import type { Engine, Program } from '../../src/engine/engine';
import { onnx } from '../../src/engine/onnx/native';
import { Random } from '../../src/random/random';
import type { HostTensor, HostTensors, TensorSpec } from '../../src/shared/host-tensor';
import { float32, sizeOf } from '../../src/shared/host-tensor';
import { EagerEngine } from './eager-engine';

export function openOracle(): Engine {
  return new EagerEngine('cpu', { name: 'oracle', version: 'tfjs-backend-cpu 4.22.0', threads: 1 });
}

export function randomTensor(spec: TensorSpec, random: Random): HostTensor {
  return float32(spec.shape, random.fillNormal(new Float32Array(sizeOf(spec.shape))));
}

export interface Compared {
  readonly compiled: HostTensors;
  readonly oracle: HostTensors;
}

/** Returns the outputs of a stateless program on an engine and the oracle, for the same normally distributed inputs. */
export async function onBoth(
  program: Program,
  { open }: Pick<EngineDefinition, 'open'> = onnx,
): Promise<Compared> {
  const random = Random.seeded(1, program.name);
  const inputs: Record<string, HostTensor> = {};
  for (const [name, spec] of Object.entries(program.inputs)) inputs[name] = randomTensor(spec, random);
  const engine = await open(1);
  const oracle = openOracle();
  try {
    await engine.compile(program);
    await oracle.compile(program);
    return {
      compiled: await engine.run(program.name, inputs),
      oracle: await oracle.run(program.name, inputs),
    };
  } finally {
    await engine.dispose();
    await oracle.dispose();
  }
}

/** ‖a - b‖ / max(‖b‖, smallest): the relative error of a tensor by its Euclidean norm. */
export function relativeError(actual: HostTensor, expected: HostTensor): number {
  if (actual.shape.join() !== expected.shape.join())
    throw new Error(`shapes differ: [${actual.shape.join()}] and [${expected.shape.join()}]`);
  let difference = 0;
  let norm = 0;
  expected.data.forEach((value, i) => {
    difference += (value - (actual.data[i] ?? Number.NaN)) ** 2;
    norm += value ** 2;
  });
  return Math.sqrt(difference) / Math.max(Math.sqrt(norm), 1e-12);
}

/** Returns the largest relative error of any tensor, and its name. */
export function worstError(actual: HostTensors, expected: HostTensors): { name: string; error: number } {
  let worst = { name: 'none', error: 0 };
  for (const [name, tensor] of Object.entries(expected)) {
    const found = actual[name];
    const error = found === undefined ? Number.POSITIVE_INFINITY : relativeError(found, tensor);
    if (!(error <= worst.error)) worst = { name, error };
  }
  return worst;
}
