/** The training of one generator against one discriminator, as the loop sees it. */
import type { ExampleShape } from '../data/source';
import type { Engine, Program } from '../engine/engine';
import type { AdamStep } from '../nn/adam';
import { adamStep } from '../nn/adam';
import { initialLeaves } from '../nn/parameters';
import { Random } from '../random/random';
import type { HostTensor, HostTensors } from '../shared/host-tensor';
import { float32, scalar, sizeOf } from '../shared/host-tensor';
import type { StepInputs, StepResult, TrainingTask } from '../training/task';
import type { GanLeaves, Player } from './programs';
import {
  ADAM_MEAN,
  ADAM_VARIANCE,
  adamInputs,
  DISCRIMINATOR,
  declareLeaves,
  discriminatorProgram,
  EMA,
  EMA_DECAY,
  GENERATOR,
  generatorProgram,
  OUTPUTS,
  SAMPLE_BATCH,
  sampleProgram,
  scoreProgram,
  stepProgram,
} from './programs';
import type { BoundRegulariser, GanSettings } from './settings';

const SAMPLE = 'sample';
const SCORE = 'score';
const GENERATOR_UPDATE = 'generator';

export class GanTask implements TrainingTask {
  readonly example: ExampleShape;
  readonly batchSize: number;
  readonly batchesPerStep: number;
  readonly #settings: GanSettings;
  readonly #leaves: GanLeaves;

  constructor(settings: GanSettings) {
    this.#settings = settings;
    this.#leaves = declareLeaves(settings);
    this.example = settings.example;
    this.batchSize = settings.batchSize;
    this.batchesPerStep = settings.criticSteps;
  }

  initialState(seed: number): HostTensors {
    const { generator, discriminator } = this.#leaves;
    const own = {
      ...initialLeaves(generator.declaration.leaves, Random.seeded(seed, 'generator weights')),
      ...initialLeaves(discriminator.declaration.leaves, Random.seeded(seed, 'discriminator weights')),
    };
    const state: Record<string, HostTensor> = { ...own };
    for (const leaf of [...generator.trained, ...discriminator.trained]) {
      const shape = own[leaf]?.shape ?? [];
      state[ADAM_MEAN + leaf] = float32(shape);
      state[ADAM_VARIANCE + leaf] = float32(shape);
    }
    if (this.#settings.emaDecay !== undefined)
      for (const leaf of [...generator.trained, ...generator.statistics]) {
        const value = own[leaf];
        if (value !== undefined) state[EMA + leaf] = value;
      }
    return state;
  }

  async prepare(engine: Engine): Promise<void> {
    for (const program of this.trainingPrograms()) await engine.compile(program);
    await this.prepareSampling(engine);
  }

  /** Compiles sampling and scoring alone, for a run that is looked at and not trained. */
  async prepareSampling(engine: Engine): Promise<void> {
    await engine.compile(sampleProgram(SAMPLE, this.#settings, this.#leaves));
    await engine.compile(scoreProgram(SCORE, this.#settings, this.#leaves));
  }

  /** One program for each set of regularisers that can be due together. */
  trainingPrograms(): Program[] {
    const programs = this.#sets().map((set) =>
      this.#fused
        ? stepProgram(discriminatorProgramName(set), this.#settings, this.#leaves, set)
        : discriminatorProgram(discriminatorProgramName(set), this.#settings, this.#leaves, set),
    );
    return this.#fused
      ? programs
      : [...programs, generatorProgram(GENERATOR_UPDATE, this.#settings, this.#leaves)];
  }

  async trainStep(engine: Engine, { step, batches, random }: StepInputs): Promise<StepResult> {
    const { criticSteps } = this.#settings;
    let outputs: HostTensors = {};
    for (let i = 0; i < criticSteps; i++) {
      const real = batches[i];
      if (real === undefined)
        throw new RangeError(`step ${step} was given ${batches.length} batches, not ${criticSteps}`);
      const update = (step - 1) * criticSteps + i + 1;
      const name = discriminatorProgramName(this.#due(update));
      const generatorInputs = this.#fused ? this.#generatorInputs(step) : {};
      outputs = {
        ...(await engine.run(name, {
          real,
          latents: this.drawLatents(random, this.batchSize),
          ...this.#adamInputs(DISCRIMINATOR, update),
          ...generatorInputs,
        })),
      };
    }
    if (!this.#fused)
      outputs = {
        ...outputs,
        ...(await engine.run(GENERATOR_UPDATE, {
          latents: this.drawLatents(random, this.batchSize),
          ...this.#generatorInputs(step),
        })),
      };
    return this.#result(outputs);
  }

  drawLatents(random: Random, count: number): HostTensor {
    const { size, prior } = this.#settings.latent;
    const values = new Float32Array(count * size);
    if (prior === 'normal') random.fillNormal(values);
    else random.fillUniform(values, -1, 1);
    return float32([count, size], values);
  }

  async sample(engine: Engine, latents: HostTensor): Promise<HostTensor> {
    return inBatches(latents, async (batch) => only(await engine.run(SAMPLE, { latents: batch })));
  }

  async discriminate(engine: Engine, examples: HostTensor): Promise<HostTensor> {
    return inBatches(examples, async (batch) => only(await engine.run(SCORE, { examples: batch })));
  }

  get #fused(): boolean {
    return this.#settings.criticSteps === 1;
  }

  /** Every set of regularisers that some update needs. */
  #sets(): BoundRegulariser[][] {
    const { regularisers } = this.#settings;
    const sets = new Map<string, BoundRegulariser[]>();
    const period = regularisers.reduce(
      (product, regulariser) => leastCommonMultiple(product, regulariser.every),
      1,
    );
    for (let update = 1; update <= period; update++) {
      const due = this.#due(update);
      sets.set(discriminatorProgramName(due), due);
    }
    return [...sets.values()];
  }

  /** Lazy regularisation (Karras et al. 2020, "Analyzing and Improving …", appendix B): update 1 is the first due. */
  #due(update: number): BoundRegulariser[] {
    return this.#settings.regularisers.filter((regulariser) => (update - 1) % regulariser.every === 0);
  }

  #adamInputs(player: Player, update: number): HostTensors {
    const settings = this.#settings;
    const names = adamInputs(player);
    const values: AdamStep = adamStep(settings.adam, settings.learningRate[player], update);
    return { [names.stepSize]: scalar(values.stepSize), [names.epsilon]: scalar(values.epsilon) };
  }

  #generatorInputs(step: number): HostTensors {
    const { emaDecay } = this.#settings;
    return {
      ...this.#adamInputs(GENERATOR, step),
      // Until the average has seen enough steps it follows quickly, or it would long remember the first weights.
      ...(emaDecay === undefined ? {} : { [EMA_DECAY]: scalar(Math.min(emaDecay, step / (step + 10))) }),
    };
  }

  #result(outputs: HostTensors): StepResult {
    const number = (name: string): number => outputs[name]?.data[0] ?? Number.NaN;
    const extra: Record<string, number> = {};
    for (const regulariser of this.#settings.regularisers) {
      const name = OUTPUTS.penalty(regulariser.name);
      if (outputs[name] !== undefined) extra[`${regulariser.name}Penalty`] = number(name);
    }
    const { generator, discriminator } = this.#leaves;
    const discriminatorSquares = outputs[OUTPUTS.discriminatorGradientSquares];
    const generatorSquares = outputs[OUTPUTS.generatorGradientSquares];
    const result = {
      discriminatorLoss: number(OUTPUTS.discriminatorLoss),
      generatorLoss: number(OUTPUTS.generatorLoss),
      realScore: number(OUTPUTS.realScore),
      fakeScore: number(OUTPUTS.fakeScore),
      discriminatorGradientNorm: normOf(discriminatorSquares),
      generatorGradientNorm: normOf(generatorSquares),
      extra,
    };
    const nonFinite =
      firstNonFinite({ 'discriminator loss': result.discriminatorLoss, ...extra }) ??
      firstNonFiniteGradient(discriminator.trained, discriminatorSquares) ??
      firstNonFinite({ 'generator loss': result.generatorLoss }) ??
      firstNonFiniteGradient(generator.trained, generatorSquares);
    return nonFinite === undefined ? result : { ...result, nonFinite };
  }
}

function discriminatorProgramName(regularisers: readonly BoundRegulariser[]): string {
  return ['step', ...regularisers.map((regulariser) => regulariser.name)].join('+');
}

function normOf(squares: HostTensor | undefined): number {
  let sum = 0;
  for (const value of squares?.data ?? []) sum += value;
  return Math.sqrt(sum);
}

function firstNonFinite(values: Readonly<Record<string, number>>): string | undefined {
  return Object.keys(values).find((name) => !Number.isFinite(values[name]));
}

function firstNonFiniteGradient(
  names: readonly string[],
  squares: HostTensor | undefined,
): string | undefined {
  const index = (squares?.data ?? []).findIndex((value) => !Number.isFinite(value));
  const name = names[index];
  return name === undefined ? undefined : `gradient of ${name}`;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** Runs a program of `SAMPLE_BATCH` examples over any number of them; the last call is filled up with zeros. */
async function inBatches(
  all: HostTensor,
  run: (batch: HostTensor) => Promise<HostTensor>,
): Promise<HostTensor> {
  const [count = 0, ...rest] = all.shape;
  const width = sizeOf(rest);
  let result: Float32Array | undefined;
  let resultRest: readonly number[] = [];
  for (let start = 0; start < count; start += SAMPLE_BATCH) {
    const batch = new Float32Array(SAMPLE_BATCH * width);
    batch.set(all.data.subarray(start * width, Math.min(count, start + SAMPLE_BATCH) * width));
    const made = await run(float32([SAMPLE_BATCH, ...rest], batch));
    resultRest = made.shape.slice(1);
    const madeWidth = sizeOf(resultRest);
    result ??= new Float32Array(count * madeWidth);
    const wanted = Math.min(SAMPLE_BATCH, count - start);
    result.set(made.data.subarray(0, wanted * madeWidth), start * madeWidth);
  }
  return float32([count, ...resultRest], result ?? new Float32Array(0));
}

function only(outputs: HostTensors): HostTensor {
  const [value] = Object.values(outputs);
  if (value === undefined) throw new RangeError('the program has no output');
  return value;
}
