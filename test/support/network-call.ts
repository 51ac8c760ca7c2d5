/** A network of a run applied to drawn inputs, and the inputs as files for a reader in Python. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openNumpy } from '../../src/data/images/npy';
import type { NetworkName } from '../../src/export/exporter';
import { oneHot } from '../../src/gan/step/class-labels';
import { Random } from '../../src/random/random';
import { openGenerator } from '../../src/session/stored-run';
import type { ExampleShape } from '../../src/shared/example-shape';
import { float32, type HostTensor, sizeOf } from '../../src/shared/host-tensor';
import { npyBytes } from '../../src/storage/numpy';
import type { NetworkValue } from '../../src/training/task';

export interface CallInput {
  readonly key: string;
  readonly value: NetworkValue;
  /** Numbers of classes, or floats. */
  readonly given: Int32Array | HostTensor;
}

export interface NetworkCall {
  readonly inputs: readonly CallInput[];
  readonly made: HostTensor;
  readonly makes: ExampleShape | undefined;
}

const CLASSES = [1, 0, 2];

/** With the averaged weights of the newest checkpoint. */
export async function callNetwork(runFolder: string, name: NetworkName): Promise<NetworkCall> {
  const { task, engine, close } = await openGenerator(runFolder);
  try {
    const network = task.networks.find((one) => one.name === name);
    if (network === undefined) throw new Error(`no ${name}`);
    const program = network.program(CLASSES.length, 'averaged');
    const inputs = Object.entries(network.inputs).map(
      ([key, value]): CallInput => ({
        key,
        value,
        given: value.kind === 'classes' ? Int32Array.from(CLASSES) : normal(program.inputs[key]?.shape ?? []),
      }),
    );
    await engine.compile(program);
    const results = await engine.run(
      name,
      Object.fromEntries(inputs.map(({ key, value, given }) => [key, asInput(value, given)])),
    );
    const [made] = Object.values(results);
    if (made === undefined) throw new Error('no output');
    return { inputs, made, makes: network.makes };
  } finally {
    await close();
  }
}

function normal(shape: readonly number[]): HostTensor {
  return float32(shape, Random.seeded(3, 'inputs').fillNormal(new Float32Array(sizeOf(shape))));
}

function asInput(value: NetworkValue, given: CallInput['given']): HostTensor {
  if (!(given instanceof Int32Array)) return given;
  return oneHot(given, value.kind === 'classes' ? value.count : 0);
}

/** Writes an input as `.npy`, and returns the file. */
export async function saveInput(folder: string, { key, given }: CallInput): Promise<string> {
  const file = join(folder, `${key}.npy`);
  const values =
    given instanceof Int32Array ? BigInt64Array.from(given, BigInt) : Float32Array.from(given.data);
  const chunks: Uint8Array[] = [];
  for await (const chunk of npyBytes({
    kind: values instanceof BigInt64Array ? 'i8' : 'f4',
    shape: given instanceof Int32Array ? [given.length] : given.shape,
    chunks: [new Uint8Array(values.buffer)],
  }))
    chunks.push(chunk);
  await writeFile(file, Buffer.concat(chunks));
  return file;
}

/** The only array of a `.npy` file. */
export async function readNpy(
  file: string,
): Promise<{ shape: readonly number[]; values: ArrayLike<number> }> {
  const { arrays, close } = await openNumpy(file);
  try {
    const array = arrays.get('');
    const shape = array?.shape ?? [];
    return { shape, values: (await array?.values(0, sizeOf(shape))) ?? [] };
  } finally {
    await close();
  }
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? 0))), 0);
}
