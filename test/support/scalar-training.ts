/**
 * The smallest trainable task: a "generator" of one point that follows the mean of the data with momentum and noise.
 * Its arithmetic is real and depends on data, random stream and step, so that any mistake on resume shows in its
 * leaves; it runs in microseconds on an in-memory engine.
 */

import type { Examples } from '../../src/data/source';
import type { Engine } from '../../src/engine/engine';
import { StoredStateEngine } from '../../src/engine/stored-state-engine';
import type { Random } from '../../src/random/random';
import type { ExampleShape } from '../../src/shared/example-shape';
import { float32, type HostTensor, type HostTensors } from '../../src/shared/host-tensor';
import type {
  PlaneAnswer,
  PlaneQuestion,
  SampleSource,
  StepInputs,
  StepResult,
  TrainingTask,
} from '../../src/training/task';

const POINTS: ExampleShape = { kind: 'points', dimensions: 2 };

/** Distinct points on a line. */
export function linePoints(count: number): Examples {
  return {
    count,
    shape: POINTS,
    classes: 0,
    read: async (indices, target) => {
      indices.forEach((index, i) => {
        target.set([index / count, -index], 2 * i);
      });
    },
    close: async () => undefined,
  };
}

type MemoryProgram = (
  state: HostTensors,
  inputs: HostTensors,
) => { state: HostTensors; outputs: HostTensors };

export class MemoryEngine extends StoredStateEngine {
  readonly #programs: Readonly<Record<string, MemoryProgram>>;

  constructor(
    programs: Readonly<Record<string, MemoryProgram>> = { step: followStep, sample: shiftLatents },
  ) {
    super({ name: 'memory', version: 'memory 1.0.0', threads: 1 });
    this.#programs = programs;
  }

  peakBytes(): number {
    return 0;
  }

  async compile(): Promise<void> {
    throw new Error('the memory engine has its programs from the beginning');
  }

  async run(name: string, inputs: HostTensors): Promise<HostTensors> {
    const program = this.#programs[name];
    if (program === undefined) throw new Error(`no program ${name}`);
    const { state, outputs } = program(this.store.read(this.leafNames()), inputs);
    this.store.replace(state);
    return outputs;
  }

  protected async dropPrograms(): Promise<void> {}

  async dispose(): Promise<void> {}
}

function vector(tensor: HostTensor | undefined): readonly [number, number] {
  return [tensor?.data[0] ?? Number.NaN, tensor?.data[1] ?? Number.NaN];
}

function followStep(state: HostTensors, inputs: HostTensors): { state: HostTensors; outputs: HostTensors } {
  const [x, y] = vector(state['generator/point']);
  const [vx, vy] = vector(state['momentum/generator/point']);
  const [tx, ty] = vector(inputs.target);
  const [nx, ny] = vector(inputs.noise);
  const momentum = Float32Array.of(
    0.9 * vx + 0.1 * (tx - x) + 0.01 * nx,
    0.9 * vy + 0.1 * (ty - y) + 0.01 * ny,
  );
  const [mx = 0, my = 0] = momentum;
  return {
    state: {
      'generator/point': float32([2], Float32Array.of(x + mx, y + my)),
      'momentum/generator/point': float32([2], momentum),
    },
    outputs: { distance: float32([], Float32Array.of(Math.hypot(tx - x, ty - y))) },
  };
}

function shiftLatents(state: HostTensors, inputs: HostTensors): { state: HostTensors; outputs: HostTensors } {
  const point = vector(state['generator/point']);
  const latents = inputs.latents;
  const fake = Float32Array.from(latents?.data ?? [], (value, i) => value + (point[i % 2] ?? 0));
  return { state: {}, outputs: { fake: float32(latents?.shape ?? [], fake) } };
}

export class ScalarTask implements TrainingTask {
  readonly example = POINTS;
  readonly batchSize = 3;
  readonly batchesPerStep: number = 2;
  readonly criticSteps = 2;
  readonly networks = [];
  /** The step that returns a non-finite value, if any. */
  readonly #nonFiniteStep: number | undefined;

  constructor(nonFiniteStep?: number) {
    this.#nonFiniteStep = nonFiniteStep;
  }

  initialState(seed: number): HostTensors {
    return {
      'generator/point': float32([2], Float32Array.of(seed, -seed)),
      'momentum/generator/point': float32([2]),
    };
  }

  async prepare(): Promise<void> {}

  async prepareSampling(): Promise<void> {}

  async trainStep(engine: Engine, { step, batches, random }: StepInputs): Promise<StepResult> {
    let distance = 0;
    for (const batch of batches) {
      const sum = [0, 0];
      batch.examples.data.forEach((value, i) => {
        sum[i % 2] = (sum[i % 2] ?? 0) + value / this.batchSize;
      });
      const outputs = await engine.run('step', {
        target: float32([2], Float32Array.from(sum)),
        noise: this.drawLatents(random, 1),
      });
      distance = outputs.distance?.data[0] ?? Number.NaN;
    }
    const broken = step === this.#nonFiniteStep;
    return {
      discriminatorLoss: broken ? Number.NaN : 1 / (1 + distance),
      generatorLoss: distance,
      realScore: 0.5,
      fakeScore: 0.25,
      discriminatorGradientNorm: 1,
      generatorGradientNorm: distance,
      extra: {},
      ...(broken ? { nonFinite: 'gradient of generator/point' } : {}),
    };
  }

  drawLatents(random: Random, count: number): HostTensor {
    return float32([count, 2], random.fillNormal(new Float32Array(2 * count)));
  }

  async sampleSource(random: Random, count: number): Promise<SampleSource> {
    return { source: this.drawLatents(random, count) };
  }

  async sample(engine: Engine, { source: latents }: SampleSource): Promise<HostTensor> {
    const { fake } = await engine.run('sample', { latents });
    if (fake === undefined) throw new Error('no sample');
    return fake;
  }

  async plane(engine: Engine, { samples, places }: PlaneQuestion): Promise<PlaneAnswer> {
    const fake = await this.sample(engine, samples);
    const count = places.shape[0] ?? 0;
    const nearness = Float32Array.from(
      { length: count },
      (_, i) => 1 / (1 + Math.abs(places.data[2 * i] ?? 0)),
    );
    return { fake, descent: float32(fake.shape), scores: float32([count], nearness) };
  }
}
