/** One generator against one discriminator, as the loop sees it. */
import type { Dataset, ExampleShape } from '../data/source';
import type { Engine } from '../engine/engine';
import { Random } from '../random/random';
import type { HostTensor, HostTensors, TensorSpec } from '../shared/host-tensor';
import { float32, scalar } from '../shared/host-tensor';
import type { SampleSource, StepInputs, StepResult, TrainingTask } from '../training/task';
import { AUGMENT_PROBABILITY, declarePlayers, INPUTS, OUTPUTS } from './game';
import type { Game } from './programs';
import {
  discriminatorProgram,
  generatorProgram,
  SAMPLE_INPUTS,
  sampleProgram,
  scoreProgram,
  stepProgram,
} from './programs';
import type { BoundRegulariser, GanSettings } from './settings';
import { oneHot, randomClasses, rowsOfClasses } from './step/class-labels';
import { readExamples } from './step/fixed-examples';
import type { BatchPart } from './step/gradients';
import { scalarInput } from './step/gradients';
import { inBatches } from './step/in-batches';
import type { Player } from './step/player';
import { averagedLeaves, EMA_DECAY, emaDecayAt, ownLeaves, updateLeaves } from './step/player';
import type { RecordedProgram } from './step/recorded-program';
import { drawInputs } from './step/run-program';
import { firstNonFinite, firstNonFiniteGradient, normOf } from './step/step-values';

const SAMPLE = 'sample';
const SCORE = 'score';

/** What the programs of one step are given. */
interface StepValues {
  readonly step: number;
  /** Discriminator updates so far, this one included. */
  readonly update: number;
  readonly batch: StepInputs['batches'][number];
  readonly random: Random;
}

export class GanTask implements TrainingTask {
  readonly example: ExampleShape;
  readonly batchSize: number;
  readonly batchesPerStep: number;
  readonly #settings: GanSettings;
  readonly #game: Game;
  readonly #programs: ReadonlyMap<string, RecordedProgram>;

  /** Throws `WorkbenchError` where the networks do not fit together, `TraceError` where a part cannot be compiled. */
  constructor(settings: GanSettings) {
    this.#settings = settings;
    const players = declarePlayers(settings);
    this.example = settings.example;
    this.batchSize = settings.batchSize;
    this.batchesPerStep = settings.criticSteps * settings.accumulate;
    this.#game = { settings, players, leaves: {} };
    this.#game = { ...this.#game, leaves: specsOf(this.initialState(0)) };
    this.#programs = new Map(this.trainingPrograms().map((program) => [program.name, program]));
  }

  initialState(seed: number): HostTensors {
    const { generator, discriminator } = this.#game.players;
    const { optimiser, accumulate, averaging, augmentation } = this.#settings;
    const own = {
      ...ownLeaves(generator, Random.seeded(seed, 'generator weights')),
      ...ownLeaves(discriminator, Random.seeded(seed, 'discriminator weights')),
    };
    return {
      ...own,
      ...updateLeaves([generator, discriminator], optimiser, accumulate > 1),
      ...(averaging === undefined ? {} : averagedLeaves(generator, own)),
      ...(augmentation?.adapt === undefined
        ? {}
        : { [AUGMENT_PROBABILITY]: scalar(augmentation.probability) }),
    };
  }

  async prepare(engine: Engine): Promise<void> {
    for (const program of this.#programs.values()) await engine.compile(program);
    await this.prepareSampling(engine);
  }

  async prepareSampling(engine: Engine): Promise<void> {
    await engine.compile(sampleProgram(SAMPLE, this.#game));
    if (this.#settings.source.kind === 'latents') await engine.compile(scoreProgram(SCORE, this.#game));
  }

  /** One program for each set of regularisers that can be due together, and for each part of a batch. */
  trainingPrograms(): RecordedProgram[] {
    const sets = this.#sets();
    if (this.#fused) return sets.map((set) => stepProgram(programName('step', set), this.#game, set));
    const parts: readonly BatchPart[] = this.#settings.accumulate === 1 ? ['whole'] : ['earlier', 'last'];
    return parts.flatMap((part) => [
      ...sets.map((set) =>
        discriminatorProgram(programName('discriminator', set, part), this.#game, set, part),
      ),
      generatorProgram(programName('generator', [], part), this.#game, part),
    ]);
  }

  async trainStep(engine: Engine, { step, batches, random }: StepInputs): Promise<StepResult> {
    const { criticSteps, accumulate } = this.#settings;
    if (batches.length !== this.batchesPerStep)
      throw new RangeError(`step ${step} was given ${batches.length} batches, not ${this.batchesPerStep}`);
    const outputs: Record<string, HostTensor> = {};
    const run = async (name: string, values: StepValues): Promise<void> => {
      Object.assign(outputs, await engine.run(name, this.#inputs(name, values)));
    };
    for (const [index, batch] of batches.entries()) {
      const update = (step - 1) * criticSteps + Math.floor(index / accumulate) + 1;
      const due = this.#due(update);
      const name = this.#fused
        ? programName('step', due)
        : programName('discriminator', due, partAt(index, accumulate));
      await run(name, { step, update, batch, random });
    }
    // What the generator needs of the data, if anything, is what the discriminator has seen last.
    if (!this.#fused)
      for (const [index, batch] of batches.slice(-accumulate).entries())
        await run(programName('generator', [], partAt(index, accumulate)), {
          step,
          update: step,
          batch,
          random,
        });
    return this.#result(outputs);
  }

  async sampleSource(random: Random, count: number, openData: () => Promise<Dataset>): Promise<SampleSource> {
    const { source, classes } = this.#settings;
    if (source.kind === 'image') {
      const { train, heldOut } = await openData();
      const { examples, inputs, labels } = await readExamples(heldOut.count > 0 ? heldOut : train, count);
      if (inputs === undefined) throw new RangeError('a generator that translates images needs paired data');
      return {
        source: inputs,
        ...(classes === 0 || labels === undefined ? {} : { labels: oneHot(labels, classes) }),
        given: inputs,
        targets: examples,
      };
    }
    if (classes === 0) return { source: this.drawLatents(random, count) };
    const { labels, columns } = rowsOfClasses(classes, count);
    return { source: this.drawLatents(random, labels.length), labels: oneHot(labels, classes), columns };
  }

  /** Latents of the config's prior, `[count, latentSize]`. */
  drawLatents(random: Random, count: number): HostTensor {
    const { source } = this.#settings;
    if (source.kind === 'image') throw new RangeError('a generator that translates images has no latents');
    const values = new Float32Array(count * source.size);
    if (source.prior === 'normal') random.fillNormal(values);
    else random.fillUniform(values, -1, 1);
    return float32([count, source.size], values);
  }

  async sample(engine: Engine, { source, labels }: SampleSource): Promise<HostTensor> {
    return inBatches(
      { [SAMPLE_INPUTS.source]: source, ...(labels === undefined ? {} : { [SAMPLE_INPUTS.labels]: labels }) },
      (inputs) => engine.run(SAMPLE, inputs),
    );
  }

  async discriminate(engine: Engine, examples: HostTensor): Promise<HostTensor> {
    const { classes } = this.#settings;
    const count = examples.shape[0] ?? 0;
    // No class is asked for: what the discriminator thinks of the example as such.
    const labels = classes === 0 ? {} : { [SAMPLE_INPUTS.labels]: float32([count, classes]) };
    return inBatches({ [SAMPLE_INPUTS.examples]: examples, ...labels }, (inputs) =>
      engine.run(SCORE, inputs),
    );
  }

  get #fused(): boolean {
    return this.batchesPerStep === 1;
  }

  /** Every set of regularisers that some update needs. */
  #sets(): BoundRegulariser[][] {
    const sets = new Map<string, BoundRegulariser[]>();
    const period = this.#settings.regularisers.reduce(
      (product, regulariser) => leastCommonMultiple(product, regulariser.every),
      1,
    );
    for (let update = 1; update <= period; update++) {
      const due = this.#due(update);
      sets.set(programName('step', due), due);
    }
    return [...sets.values()];
  }

  /** Lazy regularisation (Karras et al. 2020, "Analyzing and Improving …", appendix B): update 1 is the first due. */
  #due(update: number): BoundRegulariser[] {
    return this.#settings.regularisers.filter(
      ({ penalty, every }) => penalty !== undefined && (update - 1) % every === 0,
    );
  }

  #inputs(name: string, values: StepValues): HostTensors {
    const program = this.#programs.get(name);
    if (program === undefined) throw new RangeError(`there is no program ${name}`);
    const inputs: Record<string, HostTensor> = drawInputs(program, values.random);
    const scalars = this.#scalars(values);
    for (const input of program.supplied) inputs[input] = scalars[input] ?? this.#supplied(input, values);
    return inputs;
  }

  #supplied(input: string, { batch, random }: StepValues): HostTensor {
    const { classes } = this.#settings;
    const missing = (what: string): never => {
      throw new RangeError(`the program needs ${what}, and the data has none`);
    };
    switch (input) {
      case INPUTS.real:
        return batch.examples;
      case INPUTS.given:
        return batch.inputs ?? missing('images that are given');
      case INPUTS.realLabels:
        return oneHot(batch.labels ?? missing('labels'), classes);
      case INPUTS.fakeLabels:
        return oneHot(randomClasses(random, this.batchSize, classes), classes);
      default:
        throw new RangeError(`nothing is known of the input ${input}`);
    }
  }

  #scalars({ step, update }: StepValues): HostTensors {
    const { optimiser, learningRate, learningRateFactor, averaging, totalSteps } = this.#settings;
    const factor = learningRateFactor(step);
    const of = (player: Player, rate: number, count: number): [string, HostTensor][] =>
      Object.entries(optimiser.step(rate * factor, count)).map(([name, value]) => [
        scalarInput(player, name),
        scalar(value),
      ]);
    const { generator, discriminator } = this.#game.players;
    return {
      ...Object.fromEntries(of(discriminator, learningRate.discriminator, update)),
      ...Object.fromEntries(of(generator, learningRate.generator, step)),
      ...(averaging === undefined ? {} : { [EMA_DECAY]: scalar(emaDecayAt(averaging, step)) }),
      [INPUTS.progress]: scalar((step - 1) / totalSteps),
    };
  }

  #result(outputs: HostTensors): StepResult {
    const number = (name: string): number => outputs[name]?.data[0] ?? Number.NaN;
    const prefix = OUTPUTS.extra('');
    const extra = Object.fromEntries(
      Object.keys(outputs)
        .filter((name) => name.startsWith(prefix))
        .map((name) => [name.slice(prefix.length), number(name)]),
    );
    const { generator, discriminator } = this.#game.players;
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

function programName(
  kind: string,
  regularisers: readonly BoundRegulariser[],
  part: BatchPart = 'whole',
): string {
  const names = regularisers.flatMap(({ name, penalty }) => (penalty === undefined ? [] : name));
  return [kind, ...(part === 'whole' ? [] : [part]), ...names].join('+');
}

/** Which part of its update the batch at this index is. */
function partAt(index: number, accumulate: number): BatchPart {
  if (accumulate === 1) return 'whole';
  return (index + 1) % accumulate === 0 ? 'last' : 'earlier';
}

function specsOf(state: HostTensors): Record<string, TensorSpec> {
  return Object.fromEntries(
    Object.entries(state).map(([name, { shape, dtype }]) => [name, { shape, dtype }]),
  );
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
