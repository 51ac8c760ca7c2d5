/**
 * The programs of a training step and the order in which they run, common to all GAN families: a family defines the
 * updates of its discriminators and generators and supplies their inputs.
 */
import type { Engine } from '../../engine/engine';
import type { Random } from '../../random/random';
import type { HostTensor, HostTensors, TensorSpec } from '../../shared/host-tensor';
import { scalar } from '../../shared/host-tensor';
import type { NetworkRole } from '../../shared/run-format';
import type { PlayerStepInputs, StepInputs, StepResult, UpdateCounts } from '../../training/task';
import type { UpdateMoment } from '../optimisers/optimiser';
import type { BoundGeneratorRegulariser, BoundRegulariser, RunSettings } from '../settings';
import type { BatchPart } from './gradients';
import { scalarInput } from './gradients';
import { INPUTS, OUTPUTS } from './names';
import type { Player } from './player';
import { EMA_DECAY, emaDecayAt } from './player';
import type { RecordedProgram, StepContext } from './recorded-program';
import { recordProgram } from './recorded-program';
import { drawInputs } from './run-program';
import { firstNonFinite, firstNonFiniteGradient, normOf } from './step-values';

/** Values from which the inputs of a step's programs are supplied. */
export interface StepValues {
  readonly step: number;
  /** Updates of the network's role so far, including this one. */
  readonly update: number;
  /** Updates before this step. */
  readonly updatesBefore: UpdateCounts;
  /** Number of batches that discriminators saw before this one. */
  readonly batchesBefore: number;
  readonly batch: StepInputs['batches'][number];
  readonly random: Random;
}

export interface GanFamily {
  readonly settings: RunSettings;
  readonly generators: readonly Player[];
  readonly discriminators: readonly Player[];
  /** Every leaf of the state. */
  readonly leaves: Readonly<Record<string, TensorSpec>>;
  /**
   * Updates each discriminator once.
   *
   * @param regularisers those whose penalties are due
   */
  updateDiscriminators(step: StepContext, regularisers: readonly BoundRegulariser[], part: BatchPart): void;
  /**
   * Updates each generator once against the current discriminators.
   *
   * @param regularisers those whose penalties are due
   */
  updateGenerators(
    step: StepContext,
    regularisers: readonly BoundGeneratorRegulariser[],
    part: BatchPart,
  ): void;
  /**
   * Supplies an input that the family requests, other than random numbers, the run's progress and optimiser scalars.
   */
  supply(input: string, values: StepValues): HostTensor;
}

/** The networks that a program updates. */
type Updated = 'discriminators' | 'generators' | 'both';

/** The regularisers whose penalties are due in an update. */
interface Due {
  readonly ofDiscriminators: readonly BoundRegulariser[];
  readonly ofGenerators: readonly BoundGeneratorRegulariser[];
}

export class TrainingStep {
  readonly #family: GanFamily;
  #recorded: ReadonlyMap<string, RecordedProgram> | undefined;
  /** Programs of single updates, where a step has one program for both; compiled when they are first needed. */
  #alone: ReadonlyMap<string, RecordedProgram> | undefined;

  /** @param compiled a step with the same programs, which differ in nothing but values of their inputs */
  constructor(family: GanFamily, compiled?: TrainingStep) {
    this.#family = family;
    if (compiled === undefined) return;
    this.#recorded = compiled.#recorded;
    this.#alone = compiled.#alone;
  }

  /**
   * The programs by name: one for each set of regularisers that can be due together, and for each part of a batch.
   * Recorded on first use, since inference with a trained network needs none of them.
   *
   * Throws `TraceError` if a part cannot be compiled.
   */
  record(): ReadonlyMap<string, RecordedProgram> {
    this.#recorded ??= byName(this.#fused ? this.#fusedPrograms() : this.#separatePrograms());
    return this.#recorded;
  }

  get batchesPerStep(): number {
    const { criticSteps, accumulate } = this.#family.settings;
    return criticSteps * accumulate;
  }

  async compile(engine: Engine): Promise<void> {
    for (const program of this.record().values()) await engine.compile(program);
  }

  /** Runs `criticSteps` updates of the discriminators and one of the generators. */
  async run(engine: Engine, { step, batches, random, updates }: StepInputs): Promise<StepResult> {
    const { criticSteps, accumulate } = this.#family.settings;
    if (batches.length !== this.batchesPerStep)
      throw new RangeError(`step ${step} was given ${batches.length} batches, not ${this.batchesPerStep}`);
    const outputs: Record<string, HostTensor> = {};
    let parts: HostTensors[] = [];
    const run = async (name: string, values: StepValues): Promise<void> => {
      parts.push(await engine.run(name, this.#inputs(name, values)));
      if (parts.length < accumulate) return;
      Object.assign(outputs, ofAllParts(parts));
      parts = [];
    };
    const before = (step - 1) * this.batchesPerStep;
    const updatesBefore = updates ?? { discriminator: (step - 1) * criticSteps, generator: step - 1 };
    for (const [index, batch] of batches.entries()) {
      const update = updatesBefore.discriminator + Math.floor(index / accumulate) + 1;
      const name = this.#fused
        ? programName('step', this.#due(update, 'both'))
        : programName('discriminator', this.#due(update, 'discriminators'), partAt(index, accumulate));
      await run(name, { step, update, updatesBefore, batchesBefore: before + index, batch, random });
    }
    // Any data that the generator needs is what the discriminator saw last.
    const update = updatesBefore.generator + 1;
    if (!this.#fused)
      for (const [index, batch] of batches.slice(-accumulate).entries())
        await run(programName('generator', this.#due(update, 'generators'), partAt(index, accumulate)), {
          step,
          update,
          updatesBefore,
          batchesBefore: before + this.batchesPerStep,
          batch,
          random,
        });
    return this.#result(outputs, step);
  }

  /** Updates the networks of one role once. Returns the first value that is not finite, if any. */
  async runAlone(
    engine: Engine,
    role: NetworkRole,
    { step, batches, random, updates }: PlayerStepInputs,
  ): Promise<string | undefined> {
    if (this.#fused && this.#alone === undefined) {
      const programs = byName(this.#separatePrograms());
      for (const program of programs.values()) await engine.compile(program);
      this.#alone = programs;
    }
    const update = updates[role] + 1;
    const due = this.#due(update, `${role}s`);
    const { accumulate } = this.#family.settings;
    const batchesBefore = (step - 1) * this.batchesPerStep;
    const parts: HostTensors[] = [];
    for (const [index, batch] of batches.entries()) {
      const name = programName(role, due, partAt(index, accumulate));
      const values = { step, update, updatesBefore: updates, batchesBefore, batch, random };
      parts.push(await engine.run(name, this.#inputs(name, values)));
    }
    return this.#nonFiniteOf(ofAllParts(parts), role);
  }

  #program(name: string, body: (step: StepContext) => void): RecordedProgram {
    return recordProgram(name, this.#family.leaves, body);
  }

  /** One program for both updates generates the examples only once. */
  #fusedPrograms(): RecordedProgram[] {
    return this.#sets('both').map((due) =>
      this.#program(programName('step', due), (step) => {
        this.#family.updateDiscriminators(step, due.ofDiscriminators, 'whole');
        this.#family.updateGenerators(step, due.ofGenerators, 'whole');
      }),
    );
  }

  #separatePrograms(): RecordedProgram[] {
    const parts: readonly BatchPart[] =
      this.#family.settings.accumulate === 1 ? ['whole'] : ['earlier', 'last'];
    return parts.flatMap((part) => [
      ...this.#sets('discriminators').map((due) =>
        this.#program(programName('discriminator', due, part), (step) =>
          this.#family.updateDiscriminators(step, due.ofDiscriminators, part),
        ),
      ),
      ...this.#sets('generators').map((due) =>
        this.#program(programName('generator', due, part), (step) =>
          this.#family.updateGenerators(step, due.ofGenerators, part),
        ),
      ),
    ]);
  }

  get #fused(): boolean {
    return this.batchesPerStep === 1;
  }

  /** All sets of regularisers that can be due in one update of these networks. */
  #sets(updated: Updated): Due[] {
    const { regularisers, generatorRegularisers } = this.#family.settings;
    const period = [...regularisers, ...generatorRegularisers].reduce(
      (product, regulariser) => leastCommonMultiple(product, regulariser.every),
      1,
    );
    const sets = new Map<string, Due>();
    for (let update = 1; update <= period; update++) {
      const due = this.#due(update, updated);
      sets.set(programName('step', due), due);
    }
    return [...sets.values()];
  }

  /**
   * Lazy regularisation (Karras et al. 2020, "Analyzing and Improving …", appendix B): penalties on discriminators are
   * first due at update 1, those on generators at the end of their first interval. Intervals that are multiples of each
   * other thus never meet, so that no step has to compute, and no program to contain, the penalties of both.
   */
  #due(update: number, updated: Updated): Due {
    const { regularisers, generatorRegularisers } = this.#family.settings;
    return {
      ofDiscriminators:
        updated === 'generators'
          ? []
          : regularisers.filter(({ penalty, every }) => penalty !== undefined && (update - 1) % every === 0),
      ofGenerators:
        updated === 'discriminators' ? [] : generatorRegularisers.filter(({ every }) => update % every === 0),
    };
  }

  #inputs(name: string, values: StepValues): HostTensors {
    const program = this.record().get(name) ?? this.#alone?.get(name);
    if (program === undefined) throw new RangeError(`there is no program ${name}`);
    const inputs: Record<string, HostTensor> = drawInputs(program, values.random);
    const scalars = this.#scalars(values);
    for (const input of program.supplied)
      inputs[input] = scalars[input] ?? this.#family.supply(input, values);
    return inputs;
  }

  #scalars({ step, update, updatesBefore }: StepValues): HostTensors {
    const { generators, discriminators, settings } = this.#family;
    const { optimiser, learningRate, learningRateFactor, averaging, criticSteps } = settings;
    const factor = learningRateFactor(step);
    const progress = this.#progressAt(step);
    const of = (players: readonly Player[], moment: UpdateMoment): [string, HostTensor][] =>
      players.flatMap((player) =>
        Object.entries(optimiser.step(moment)).map(([name, value]): [string, HostTensor] => [
          scalarInput(player, name),
          scalar(value),
        ]),
      );
    // Where the networks were updated more or less often than their steps say, the past is shifted.
    const shift = {
      discriminator: updatesBefore.discriminator - (step - 1) * criticSteps,
      generator: updatesBefore.generator - (step - 1),
    };
    const discriminatorMoment = {
      learningRate: learningRate.discriminator * factor,
      update,
      progressAt: (past: number) =>
        this.#progressAt(Math.max(1, Math.ceil((past - shift.discriminator) / criticSteps))),
    };
    const generatorMoment = {
      learningRate: learningRate.generator * factor,
      update: updatesBefore.generator + 1,
      progressAt: (past: number) => this.#progressAt(Math.max(1, past - shift.generator)),
    };
    return {
      ...Object.fromEntries(of(discriminators, discriminatorMoment)),
      ...Object.fromEntries(of(generators, generatorMoment)),
      ...(averaging === undefined ? {} : { [EMA_DECAY]: scalar(emaDecayAt(averaging, step, progress)) }),
      ...Object.fromEntries(
        Object.entries(this.#scheduled(step)).map(([name, value]) => [INPUTS.scheduled(name), scalar(value)]),
      ),
      [INPUTS.progress]: scalar(progress),
    };
  }

  #progressAt(step: number): number {
    return (step - 1) / this.#family.settings.totalSteps;
  }

  /** Present values of the scalars that change during training, by recorded name. */
  #scheduled(step: number): Record<string, number> {
    const { scheduled } = this.#family.settings;
    return Object.fromEntries(Object.entries(scheduled).map(([name, at]) => [name, at(step)]));
  }

  #result(outputs: HostTensors, step: number): StepResult {
    const number = (name: string): number => outputs[name]?.data[0] ?? Number.NaN;
    const extra = { ...this.#scheduled(step), ...extraIn(outputs) };
    const result = {
      discriminatorLoss: number(OUTPUTS.discriminatorLoss),
      generatorLoss: number(OUTPUTS.generatorLoss),
      realScore: number(OUTPUTS.realScore),
      fakeScore: number(OUTPUTS.fakeScore),
      discriminatorGradientNorm: normOf(outputs[OUTPUTS.discriminatorGradientSquares]),
      generatorGradientNorm: normOf(outputs[OUTPUTS.generatorGradientSquares]),
      extra,
    };
    const nonFinite = this.#nonFiniteOf(outputs, 'discriminator') ?? this.#nonFiniteOf(outputs, 'generator');
    return nonFinite === undefined ? result : { ...result, nonFinite };
  }

  /** The first value of an update of this role that is not finite, or missing. */
  #nonFiniteOf(outputs: HostTensors, role: NetworkRole): string | undefined {
    const { generators, discriminators } = this.#family;
    const [players, loss, squares] =
      role === 'discriminator'
        ? [discriminators, OUTPUTS.discriminatorLoss, OUTPUTS.discriminatorGradientSquares]
        : [generators, OUTPUTS.generatorLoss, OUTPUTS.generatorGradientSquares];
    return (
      firstNonFinite({ [`${role} loss`]: outputs[loss]?.data[0] ?? Number.NaN, ...extraIn(outputs) }) ??
      firstNonFiniteGradient(
        players.flatMap(({ trained }) => trained),
        outputs[squares],
      )
    );
  }
}

/** The outputs that are specific to some experiments. */
function extraIn(outputs: HostTensors): Record<string, number> {
  const prefix = OUTPUTS.extra('');
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([name, { data }]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), data[0] ?? Number.NaN]] : [],
    ),
  );
}

function byName(programs: readonly RecordedProgram[]): ReadonlyMap<string, RecordedProgram> {
  return new Map(programs.map((program) => [program.name, program]));
}

function programName(
  kind: string,
  { ofDiscriminators, ofGenerators }: Due,
  part: BatchPart = 'whole',
): string {
  const names = [...ofDiscriminators, ...ofGenerators].map(({ name }) => name);
  return [kind, ...(part === 'whole' ? [] : [part]), ...names].join('+');
}

/** Returns which part of its update the batch at this index is. */
function partAt(index: number, accumulate: number): BatchPart {
  if (accumulate === 1) return 'whole';
  return (index + 1) % accumulate === 0 ? 'last' : 'earlier';
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/**
 * Losses and scores are averaged over the parts of a batch; gradients are taken from the last part, which holds their
 * sum.
 */
function ofAllParts(parts: readonly HostTensors[]): HostTensors {
  const last = parts.at(-1) ?? {};
  return Object.fromEntries(
    Object.entries(last).map(([name, output]) => {
      if (output.shape.length > 0) return [name, output];
      const values = parts.flatMap((part) => part[name]?.data[0] ?? []);
      return [name, scalar(values.reduce((sum, value) => sum + value, 0) / values.length)];
    }),
  );
}
