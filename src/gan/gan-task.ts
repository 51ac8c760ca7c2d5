/** One generator against one discriminator, as a task of the training loop. */
import type { Dataset } from '../data/source';
import type { Engine } from '../engine/engine';
import type { Random } from '../random/random';
import type { ExampleShape } from '../shared/example-shape';
import { exampleExtents } from '../shared/example-shape';
import type { HostTensor, HostTensors, TensorSpec } from '../shared/host-tensor';
import { float32, scalar } from '../shared/host-tensor';
import type { NetworkRole } from '../shared/run-format';
import type {
  InferenceNetwork,
  Latents,
  PlaneAnswer,
  PlaneQuestion,
  PlayerStepInputs,
  SampleSource,
  StepInputs,
  StepResult,
  TrainingTask,
} from '../training/task';
import { probabilityLeaf } from './augmentations/adaptive';
import type { Players } from './game';
import { declarePlayers, GameStep, sourceExtents } from './game';
import { discriminatorNetwork, generatorNetwork } from './inference';
import { keptLeaves } from './kept-values';
import { ofCopies, packSizeOf } from './packs';
import { PLANE_INPUTS, type PlaneSizes, planeProgram } from './plane-program';
import { SAMPLE_BATCH, SAMPLE_INPUTS, sampleProgram, type Viewed } from './programs';
import type { GanSettings } from './settings';
import { type CarriedState, carryOver } from './step/carry-over';
import { oneHot, randomClasses, rowsOfClasses } from './step/class-labels';
import { readExamples } from './step/fixed-examples';
import { inBatches } from './step/in-batches';
import { AUGMENT_PROBABILITY, INPUTS, STYLES } from './step/names';
import { EMA, type Player } from './step/player';
import type { RecordedProgram, StepContext } from './step/recorded-program';
import type { StateLayout } from './step/state-layout';
import { firstState, leafSpecs } from './step/state-layout';
import { type GanFamily, type StepValues, TrainingStep } from './step/training-step';

const PLANE = 'plane';

function sampleName(batch: number): string {
  return `sample ${batch}`;
}

/** Everything that follows from the settings. */
interface Parts {
  readonly settings: GanSettings;
  readonly players: Players;
  readonly layout: StateLayout;
  readonly leaves: Readonly<Record<string, TensorSpec>>;
  readonly step: TrainingStep;
}

/** @param compiled a step with the same programs */
function partsOf(settings: GanSettings, compiled?: TrainingStep): Parts {
  const players = declarePlayers(settings);
  const layout = {
    ...players,
    settings,
    others: {
      ...probabilityLeaf(settings.augmentation, AUGMENT_PROBABILITY),
      ...keptLeaves(players.discriminator, settings.regularisers),
      ...keptLeaves(players.generator, settings.generatorRegularisers),
    },
  };
  const leaves = leafSpecs(layout);
  const game = (step: StepContext): GameStep => new GameStep(settings, players, step);
  const family: GanFamily = {
    settings,
    generators: [players.generator],
    discriminators: [players.discriminator],
    leaves,
    updateDiscriminators: (step, due, part) => game(step).updateDiscriminator(due, part),
    updateGenerators: (step, due, part) => game(step).updateGenerator(due, part),
    supply: (input, values) => supply(settings, input, values),
  };
  return { settings, players, layout, leaves, step: new TrainingStep(family, compiled) };
}

export class GanTask implements TrainingTask {
  readonly example: ExampleShape;
  readonly batchSize: number;
  #parts: Parts;
  #sampleBatches: readonly number[] = [];
  #planes: { readonly sizes: PlaneSizes; readonly program: RecordedProgram } | undefined;

  /** Throws `WorkbenchError` if the shapes of the networks do not match. */
  constructor(settings: GanSettings) {
    this.example = settings.example;
    this.batchSize = settings.batchSize;
    this.#parts = partsOf(settings);
  }

  get #settings(): GanSettings {
    return this.#parts.settings;
  }

  get #players(): Players {
    return this.#parts.players;
  }

  get #step(): TrainingStep {
    return this.#parts.step;
  }

  /** Every leaf of the state. */
  get leaves(): Readonly<Record<string, TensorSpec>> {
    return this.#parts.leaves;
  }

  get settings(): GanSettings {
    return this.#parts.settings;
  }

  /**
   * Trains with other settings of the same data and the same latents from now on. Throws `WorkbenchError` as the
   * constructor does, and then changes nothing.
   *
   * @param keepsPrograms if only learning rates differ, which are inputs of the programs; otherwise the state must be
   * carried over and the task prepared again
   */
  change(settings: GanSettings, keepsPrograms = false): void {
    this.#parts = partsOf(settings, keepsPrograms ? this.#step : undefined);
  }

  /** The state for the present settings, of what fits of an earlier one; new weights are drawn from the seed. */
  carryOver(before: HostTensors, seed: number): CarriedState {
    return carryOver(before, this.initialState(seed), {
      players: this.#players,
      slots: this.#settings.optimiser.slots,
    });
  }

  get latents(): Latents | undefined {
    const { source, classes, averaging } = this.#settings;
    if (source.kind === 'image') return undefined;
    const { size, prior } = source;
    const first = this.#players.generator.leaves.find(({ shape }) => shape.length === 2);
    // The latent may be concatenated with a one-hot class.
    const isOfLatent = first?.shape[0] === size || first?.shape[0] === size + classes;
    const kernel = isOfLatent ? first?.name : undefined;
    const isAveraged = averaging !== undefined;
    return {
      size,
      prior,
      classes,
      isAveraged,
      hasStyles: this.#hasStyles,
      ...(kernel === undefined ? {} : { kernel: isAveraged ? EMA + kernel : kernel }),
    };
  }

  get #hasStyles(): boolean {
    return this.#players.generator.taps.includes(STYLES);
  }

  /** Both networks with their state. */
  get players(): readonly Player[] {
    return [this.#players.generator, this.#players.discriminator];
  }

  get networks(): readonly InferenceNetwork[] {
    const { example, source, classes, averaging } = this.#settings;
    const { generator } = this.#players;
    const common = { leaves: this.leaves, classes };
    const given = source.kind === 'image' && source.isSeenByDiscriminator ? source.shape : undefined;
    return [
      generatorNetwork('generator', {
        ...common,
        player: generator,
        from: source.kind === 'image' ? source.shape : { size: source.size, prior: source.prior },
        to: example,
        isAveraged: averaging !== undefined,
      }),
      discriminatorNetwork('discriminator', {
        ...common,
        player: this.#judge,
        judges: example,
        given,
      }),
    ];
  }

  get batchesPerStep(): number {
    return this.#step.batchesPerStep;
  }

  get criticSteps(): number {
    return this.#settings.criticSteps;
  }

  initialState(seed: number): HostTensors {
    return firstState(this.#parts.layout, seed);
  }

  /** Throws `TraceError` if the parts of a step do not work together, before anything is compiled or written. */
  check(): void {
    this.#step.record();
  }

  async prepare(engine: Engine): Promise<void> {
    await this.#step.compile(engine);
    await this.prepareSampling(engine);
  }

  async prepareSampling(engine: Engine, batches: readonly number[] = [SAMPLE_BATCH]): Promise<void> {
    const { averaging, source } = this.#settings;
    const { generator } = this.#players;
    const sampled = this.#viewed(generator, sourceExtents({ source }));
    this.#planes = undefined;
    this.#sampleBatches = [...batches].sort((a, b) => a - b);
    for (const batch of batches)
      await engine.compile(
        sampleProgram(sampleName(batch), sampled, {
          averaged: averaging !== undefined,
          batch,
          truncates: this.#hasStyles,
        }),
      );
  }

  trainingPrograms(): RecordedProgram[] {
    return [...this.#step.record().values()];
  }

  async trainStep(engine: Engine, inputs: StepInputs): Promise<StepResult> {
    return await this.#step.run(engine, inputs);
  }

  async trainPlayer(
    engine: Engine,
    player: NetworkRole,
    inputs: PlayerStepInputs,
  ): Promise<string | undefined> {
    return await this.#step.runAlone(engine, player, inputs);
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

  /** Draws latents from the config's prior, `[count, latentSize]`. */
  drawLatents(random: Random, count: number): HostTensor {
    const { source } = this.#settings;
    if (source.kind === 'image') throw new RangeError('a generator that translates images has no latents');
    const values = new Float32Array(count * source.size);
    if (source.prior === 'normal') random.fillNormal(values);
    else random.fillUniform(values, -1, 1);
    return float32([count, source.size], values);
  }

  async sample(engine: Engine, { source, labels, truncation = 1 }: SampleSource): Promise<HostTensor> {
    const count = source.shape[0] ?? 0;
    const batches = this.#sampleBatches;
    const batch = batches.find((one) => one >= count) ?? batches.at(-1);
    if (batch === undefined) throw new RangeError('sampling was not prepared');
    const common = this.#hasStyles ? { [SAMPLE_INPUTS.truncation]: scalar(truncation) } : {};
    return inBatches(
      { [SAMPLE_INPUTS.source]: source, ...(labels === undefined ? {} : { [SAMPLE_INPUTS.labels]: labels }) },
      (inputs) => engine.run(sampleName(batch), { ...inputs, ...common }),
      batch,
    );
  }

  async plane(engine: Engine, { samples, real, places, lattice }: PlaneQuestion): Promise<PlaneAnswer> {
    const rows = (tensor: HostTensor | undefined): number => tensor?.shape[0] ?? 0;
    const sizes = { count: rows(samples.source), places: rows(places), lattice: rows(lattice) };
    const program = await this.#planeOf(engine, sizes);
    const all: Readonly<Record<string, HostTensor | undefined>> = {
      [PLANE_INPUTS.source]: samples.source,
      [SAMPLE_INPUTS.labels]: samples.labels,
      [PLANE_INPUTS.real]: real,
      [PLANE_INPUTS.places]: places,
      [PLANE_INPUTS.lattice]: lattice,
    };
    const inputs: Record<string, HostTensor> = {};
    for (const name of program.supplied) {
      const values = all[name];
      if (values === undefined) throw new RangeError(`the plane cannot be looked at without ${name}`);
      inputs[name] = values;
    }
    const { fake, descent, scores, manifold } = await engine.run(PLANE, inputs);
    if (fake === undefined || descent === undefined || scores === undefined)
      throw new RangeError('the program lacks an output');
    return { fake, descent, scores, ...(manifold === undefined ? {} : { manifold }) };
  }

  /** The program for these sizes; compiled if it is not the one of the last call. */
  async #planeOf(engine: Engine, sizes: PlaneSizes): Promise<RecordedProgram> {
    const { count, places, lattice } = this.#planes?.sizes ?? {};
    const { objective, averaging, example, source } = this.#settings;
    if (
      this.#planes !== undefined &&
      count === sizes.count &&
      places === sizes.places &&
      lattice === sizes.lattice
    )
      return this.#planes.program;
    const networks = {
      generator: this.#viewed(this.#players.generator, sourceExtents({ source })),
      discriminator: this.#viewed(this.#judge, exampleExtents(example)),
      objective,
      averaged: averaging !== undefined,
    };
    const program = planeProgram(PLANE, networks, sizes);
    await engine.compile(program);
    this.#planes = { sizes, program };
    return program;
  }

  /** The discriminator, of single examples. */
  get #judge(): Player {
    const { discriminator } = this.#players;
    const network = ofCopies(discriminator.network, packSizeOf(this.#settings.regularisers));
    return { ...discriminator, network };
  }

  #viewed(player: Player, input: readonly number[]): Viewed {
    return { player, leaves: this.leaves, input, classes: this.#settings.classes };
  }
}

function supply(
  { classes, batchSize }: GanSettings,
  input: string,
  { batch, random }: StepValues,
): HostTensor {
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
      return oneHot(randomClasses(random, batchSize, classes), classes);
    default:
      throw new RangeError(`nothing is known of the input ${input}`);
  }
}
