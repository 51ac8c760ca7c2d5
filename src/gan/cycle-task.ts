/** Translation between two bodies of images without pairs, CycleGAN (Zhu et al. 2017), as the loop sees it. */
import type { Dataset, ExampleShape } from '../data/source';
import { exampleExtents } from '../data/source';
import type { Engine } from '../engine/engine';
import { Random } from '../random/random';
import type { HostTensor, HostTensors, TensorSpec } from '../shared/host-tensor';
import { float32, scalar } from '../shared/host-tensor';
import type { SampleSource, StepInputs, StepResult, TrainingTask } from '../training/task';
import type { CyclePlayers } from './cycle-game';
import { CycleStep, declareCyclePlayers, POOLS, PROBABILITIES } from './cycle-game';
import type { CycleSettings, Direction } from './cycle-settings';
import { DIRECTIONS } from './cycle-settings';
import { poolDecisions } from './image-pool';
import { SAMPLE_INPUTS, sampleProgram, scoreProgram } from './programs';
import { readExamples } from './step/fixed-examples';
import { inBatches } from './step/in-batches';
import { INPUTS } from './step/names';
import { averagedLeaves, ownLeaves, updateLeaves } from './step/player';
import type { RecordedProgram, StepContext } from './step/recorded-program';
import { type StepValues, specsOf, TrainingStep } from './step/training-step';

/** Programs that translate. */
const TRANSLATE = { forward: 'sample', back: 'reconstruct' } as const;
const SCORE = 'score';

export class CycleTask implements TrainingTask {
  readonly example: ExampleShape;
  readonly batchSize: number;
  readonly #settings: CycleSettings;
  readonly #players: CyclePlayers;
  readonly #leaves: Readonly<Record<string, TensorSpec>>;
  readonly #step: TrainingStep;

  /** Throws `WorkbenchError` where the networks do not fit together, `TraceError` where a part cannot be compiled. */
  constructor(settings: CycleSettings) {
    this.#settings = settings;
    this.example = settings.translations.forward.to;
    this.batchSize = settings.batchSize;
    const players = declareCyclePlayers(settings);
    this.#players = players;
    this.#leaves = specsOf(this.initialState(0));
    const game = (step: StepContext): CycleStep => new CycleStep(settings, players, step);
    this.#step = new TrainingStep({
      settings,
      generators: DIRECTIONS.map((direction) => players.generators[direction]),
      discriminators: DIRECTIONS.map((direction) => players.discriminators[direction]),
      leaves: this.#leaves,
      updateDiscriminators: (step, due, part) => game(step).updateDiscriminators(due, part),
      updateGenerators: (step, part) => game(step).updateGenerators(part),
      supply: (input, values) => this.#supply(input, values),
    });
  }

  get batchesPerStep(): number {
    return this.#step.batchesPerStep;
  }

  initialState(seed: number): HostTensors {
    return { ...this.#initialOf('forward', seed), ...this.#initialOf('back', seed) };
  }

  async prepare(engine: Engine): Promise<void> {
    await this.#step.compile(engine);
    await this.prepareSampling(engine);
  }

  async prepareSampling(engine: Engine): Promise<void> {
    const { averaging, translations } = this.#settings;
    const { generators, discriminators } = this.#players;
    const common = { leaves: this.#leaves, classes: 0 };
    for (const direction of DIRECTIONS) {
      const input = exampleExtents(translations[direction].from);
      const viewed = { ...common, player: generators[direction], input };
      await engine.compile(sampleProgram(TRANSLATE[direction], viewed, averaging !== undefined));
    }
    const judged = { ...common, player: discriminators.forward, input: exampleExtents(this.example) };
    await engine.compile(scoreProgram(SCORE, judged));
  }

  trainingPrograms(): RecordedProgram[] {
    return this.#step.programs;
  }

  async trainStep(engine: Engine, inputs: StepInputs): Promise<StepResult> {
    return await this.#step.run(engine, inputs);
  }

  async sampleSource(
    _random: Random,
    count: number,
    openData: () => Promise<Dataset>,
  ): Promise<SampleSource> {
    const { unpairedInputs } = await openData();
    if (unpairedInputs === undefined) throw new RangeError('a translation without pairs needs unpaired data');
    const { train, heldOut } = unpairedInputs;
    const { examples } = await readExamples(heldOut.count > 0 ? heldOut : train, count);
    return { source: examples, given: examples };
  }

  async sample(engine: Engine, { source }: SampleSource): Promise<HostTensor> {
    return this.#translate(engine, 'forward', source);
  }

  async reconstruct(engine: Engine, made: HostTensor): Promise<HostTensor> {
    return this.#translate(engine, 'back', made);
  }

  async discriminate(engine: Engine, examples: HostTensor): Promise<HostTensor> {
    return inBatches({ [SAMPLE_INPUTS.examples]: examples }, (inputs) => engine.run(SCORE, inputs));
  }

  async #translate(engine: Engine, direction: Direction, images: HostTensor): Promise<HostTensor> {
    return inBatches({ [SAMPLE_INPUTS.source]: images }, (inputs) =>
      engine.run(TRANSLATE[direction], inputs),
    );
  }

  #initialOf(direction: Direction, seed: number): HostTensors {
    const { optimiser, accumulate, averaging, augmentation, poolSize, translations } = this.#settings;
    const generator = this.#players.generators[direction];
    const discriminator = this.#players.discriminators[direction];
    const ownGenerator = ownLeaves(generator, Random.seeded(seed, `${generator.root} weights`));
    return {
      ...ownGenerator,
      ...ownLeaves(discriminator, Random.seeded(seed, `${discriminator.root} weights`)),
      ...updateLeaves([generator, discriminator], optimiser, accumulate > 1),
      ...(averaging === undefined ? {} : averagedLeaves(generator, ownGenerator)),
      ...(poolSize === 0
        ? {}
        : { [POOLS[direction].leaf]: float32([poolSize, ...exampleExtents(translations[direction].to)]) }),
      ...(augmentation?.adapt === undefined
        ? {}
        : { [PROBABILITIES[direction]]: scalar(augmentation.probability) }),
    };
  }

  #supply(input: string, { batch, batchesBefore, random }: StepValues): HostTensor {
    const { batchSize, poolSize } = this.#settings;
    switch (input) {
      case INPUTS.real:
        return batch.examples;
      case INPUTS.given:
        if (batch.inputs === undefined) throw new RangeError('a translation needs images that are given');
        return batch.inputs;
      case POOLS.forward.decisions:
      case POOLS.back.decisions:
        return poolDecisions(random, batchesBefore * batchSize, batchSize, poolSize);
      default:
        throw new RangeError(`nothing is known of the input ${input}`);
    }
  }
}
