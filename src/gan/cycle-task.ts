/** Unpaired image-to-image translation, CycleGAN (Zhu et al. 2017), as a task of the training loop. */
import type { Dataset } from '../data/source';
import type { Engine } from '../engine/engine';
import type { Random } from '../random/random';
import type { ExampleShape } from '../shared/example-shape';
import { exampleExtents } from '../shared/example-shape';
import type { HostTensor, HostTensors, TensorSpec } from '../shared/host-tensor';
import type { InferenceNetwork, SampleSource, StepInputs, StepResult, TrainingTask } from '../training/task';
import { probabilityLeaf } from './augmentations/adaptive';
import type { CyclePlayers } from './cycle-game';
import { CycleStep, declareCyclePlayers, POOLS, PROBABILITIES } from './cycle-game';
import type { CycleSettings, Direction } from './cycle-settings';
import { DIRECTIONS } from './cycle-settings';
import { poolDecisions } from './image-pool';
import { discriminatorNetwork, generatorNetwork } from './inference';
import { keptLeaves } from './kept-values';
import { SAMPLE_INPUTS, sampleProgram } from './programs';
import { readExamples } from './step/fixed-examples';
import { inBatches } from './step/in-batches';
import { INPUTS } from './step/names';
import type { Player } from './step/player';
import type { RecordedProgram, StepContext } from './step/recorded-program';
import type { StateLayout } from './step/state-layout';
import { firstState, leafSpecs } from './step/state-layout';
import { type StepValues, TrainingStep } from './step/training-step';

/** Programs that translate images. */
const TRANSLATE = { forward: 'sample', back: 'reconstruct' } as const;

export class CycleTask implements TrainingTask {
  readonly example: ExampleShape;
  readonly batchSize: number;
  readonly #settings: CycleSettings;
  readonly #players: CyclePlayers;
  readonly #layouts: readonly StateLayout[];
  readonly leaves: Readonly<Record<string, TensorSpec>>;
  readonly #step: TrainingStep;

  /** Throws `WorkbenchError` if the shapes of the networks do not match. */
  constructor(settings: CycleSettings) {
    this.#settings = settings;
    this.example = settings.translations.forward.to;
    this.batchSize = settings.batchSize;
    const players = declareCyclePlayers(settings);
    this.#players = players;
    this.#layouts = DIRECTIONS.map((direction) => this.#layoutOf(direction));
    this.leaves = merged(this.#layouts.map(leafSpecs));
    const game = (step: StepContext): CycleStep => new CycleStep(settings, players, step);
    this.#step = new TrainingStep({
      settings,
      generators: DIRECTIONS.map((direction) => players.generators[direction]),
      discriminators: DIRECTIONS.map((direction) => players.discriminators[direction]),
      leaves: this.leaves,
      updateDiscriminators: (step, due, part) => game(step).updateDiscriminators(due, part),
      updateGenerators: (step, _due, part) => game(step).updateGenerators(part),
      supply: (input, values) => this.#supply(input, values),
    });
  }

  /** The networks of both directions with their state. */
  get players(): readonly Player[] {
    const { generators, discriminators } = this.#players;
    return DIRECTIONS.flatMap((direction) => [generators[direction], discriminators[direction]]);
  }

  get networks(): readonly InferenceNetwork[] {
    const { averaging, translations } = this.#settings;
    const { generators, discriminators } = this.#players;
    const common = { leaves: this.leaves, classes: 0 };
    return DIRECTIONS.flatMap((direction) => {
      const { from, to } = translations[direction];
      const isBack = direction === 'back';
      return [
        generatorNetwork(isBack ? 'generatorBack' : 'generator', {
          ...common,
          player: generators[direction],
          from,
          to,
          isAveraged: averaging !== undefined,
        }),
        discriminatorNetwork(isBack ? 'discriminatorBack' : 'discriminator', {
          ...common,
          player: discriminators[direction],
          judges: to,
        }),
      ];
    });
  }

  get criticSteps(): number {
    return this.#settings.criticSteps;
  }

  get batchesPerStep(): number {
    return this.#step.batchesPerStep;
  }

  initialState(seed: number): HostTensors {
    return merged(this.#layouts.map((layout) => firstState(layout, seed)));
  }

  /** Throws `TraceError` if the parts of a step do not work together, before anything is compiled or written. */
  check(): void {
    this.#step.record();
  }

  async prepare(engine: Engine): Promise<void> {
    await this.#step.compile(engine);
    await this.prepareSampling(engine);
  }

  async prepareSampling(engine: Engine): Promise<void> {
    const { averaging, translations } = this.#settings;
    const { generators } = this.#players;
    const common = { leaves: this.leaves, classes: 0 };
    for (const direction of DIRECTIONS) {
      const input = exampleExtents(translations[direction].from);
      const viewed = { ...common, player: generators[direction], input };
      await engine.compile(
        sampleProgram(TRANSLATE[direction], viewed, { averaged: averaging !== undefined }),
      );
    }
  }

  trainingPrograms(): RecordedProgram[] {
    return [...this.#step.record().values()];
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

  async #translate(engine: Engine, direction: Direction, images: HostTensor): Promise<HostTensor> {
    return inBatches({ [SAMPLE_INPUTS.source]: images }, (inputs) =>
      engine.run(TRANSLATE[direction], inputs),
    );
  }

  #layoutOf(direction: Direction): StateLayout {
    const { augmentation, poolSize, regularisers, translations } = this.#settings;
    const image = exampleExtents(translations[direction].to);
    return {
      generator: this.#players.generators[direction],
      discriminator: this.#players.discriminators[direction],
      settings: this.#settings,
      others: {
        ...(poolSize === 0 ? {} : { [POOLS[direction].leaf]: { shape: [poolSize, ...image], value: 0 } }),
        ...probabilityLeaf(augmentation, PROBABILITIES[direction]),
        ...keptLeaves(this.#players.discriminators[direction], regularisers),
      },
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

function merged<Value>(records: readonly Readonly<Record<string, Value>>[]): Record<string, Value> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)));
}
