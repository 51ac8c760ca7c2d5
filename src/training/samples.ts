/**
 * Samples of a step: examples generated from latents that are the same at each step of a run, so that steps can be
 * compared; for points also the real ones and the discriminator's view of the plane.
 */
import type { Dataset, Examples } from '../data/source';
import type { Engine } from '../engine/engine';
import { Random } from '../random/random';
import { float32, type HostTensor, type HostTensors, scalar, sizeOf } from '../shared/host-tensor';
import type { ImageSampleTensors } from '../shared/image-samples';
import type { PointSample } from '../shared/point-sample';
import { type PlaneLattice, planeLattice } from './plane-lattice';
import type { Latents, PlaneQuestion, SampleSource, TrainingTask } from './task';

export interface ImageSamples extends ImageSampleTensors {
  readonly kind: 'images';
}

export interface PointSamples {
  readonly kind: 'points';
  /** `[count, 2]` each. */
  readonly real: HostTensor;
  readonly fake: HostTensor;
  /**
   * D(x) in [0, 1] at the centres of the cells of a square grid `[rows, columns]` over [-extent, extent]²; the
   * first row is at the top (the largest y), the first column on the left.
   */
  readonly heat: HostTensor;
  readonly extent: number;
  /** `[count, 2]`: see `PlaneAnswer`. */
  readonly descent: HostTensor;
  /** `[rows, columns, 2]`: where the generator maps `planeLattice` to; undefined if it is conditioned on classes. */
  readonly manifold?: HostTensor;
  readonly latentSize: number;
}

export type SampleSet = ImageSamples | PointSamples;

/** Renders the PNG shown to the user. */
export type RenderSamples = (samples: SampleSet) => Uint8Array | Promise<Uint8Array>;

const HEAT_CELLS = 64;
/** Ratio of the heat map's extent to the farthest real point. */
const EXTENT_MARGIN = 1.25;

/** The tensors of a point sample, as in its binary file; `extent` and `latentSize` are scalars. */
export function pointTensors({ kind: _, extent, latentSize, ...tensors }: PointSamples): HostTensors {
  return { ...tensors, extent: scalar(extent), latentSize: scalar(latentSize) };
}

/** The same as arrays to send: copies, since a view would take all of its buffer along. */
export function pointSample({
  real,
  fake,
  heat,
  extent,
  descent,
  manifold,
  latentSize,
}: PointSamples): PointSample {
  const values = ({ data }: HostTensor): Float32Array => Float32Array.from(data);
  const [, heatColumns = 0] = heat.shape;
  const [, columns = 0] = manifold?.shape ?? [];
  return {
    real: values(real),
    fake: values(fake),
    heat: values(heat),
    heatColumns,
    extent,
    descent: values(descent),
    ...(manifold === undefined ? {} : { manifold: { vertices: values(manifold), columns, latentSize } }),
  };
}

function heatMapCentres(extent: number): HostTensor {
  const centres = new Float32Array(HEAT_CELLS * HEAT_CELLS * 2);
  const centre = (cell: number): number => (((cell + 0.5) / HEAT_CELLS) * 2 - 1) * extent;
  for (let row = 0; row < HEAT_CELLS; row++)
    for (let column = 0; column < HEAT_CELLS; column++)
      centres.set([centre(column), -centre(row)], (row * HEAT_CELLS + column) * 2);
  return float32([HEAT_CELLS * HEAT_CELLS, 2], centres);
}

/** What is looked at in each sample of points. */
interface PointReference {
  readonly real: HostTensor;
  readonly extent: number;
  readonly question: PlaneQuestion;
  readonly lattice: PlaneLattice | undefined;
  readonly latentSize: number;
}

async function pointReference(
  examples: Examples,
  count: number,
  samples: SampleSource,
  latents: Latents | undefined,
): Promise<PointReference> {
  const indices = Uint32Array.from({ length: Math.min(count, examples.count) }, (_, index) => index);
  const points = new Float32Array(indices.length * 2);
  await examples.read(indices, points);
  const extent = EXTENT_MARGIN * points.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const real = float32([indices.length, 2], points);
  const lattice = latents === undefined || latents.classes > 0 ? undefined : planeLattice(latents);
  const question = {
    samples,
    real: repeated(real, samples.source.shape[0] ?? 0),
    places: heatMapCentres(extent),
    lattice: lattice?.latents,
  };
  return { real, extent, question, lattice, latentSize: latents?.size ?? 0 };
}

/** As many rows, the first ones again after the last. */
function repeated({ shape, data }: HostTensor, rows: number): HostTensor {
  const width = sizeOf(shape.slice(1));
  return float32(
    [rows, ...shape.slice(1)],
    Float32Array.from({ length: rows * width }, (_, i) => data[i % data.length] ?? 0),
  );
}

/** Labels of the grid's rows, where each row is generated for one class: its name, or its number. */
export function classLabels({ labels }: SampleSource, names: readonly string[] = []): readonly string[] {
  const [, classes = 0] = labels?.shape ?? [];
  return Array.from({ length: classes }, (_, index) => names[index] ?? String(index));
}

/** Generates the samples of one run; changes neither the engine's state nor the random state of training. */
export class Sampler {
  readonly #task: TrainingTask;
  readonly #engine: Engine;
  readonly #source: SampleSource;
  readonly #points: PointReference | undefined;
  readonly #classNames: readonly string[] | undefined;

  private constructor(
    task: TrainingTask,
    engine: Engine,
    source: SampleSource,
    points: PointReference | undefined,
    classNames: readonly string[] | undefined,
  ) {
    this.#task = task;
    this.#engine = engine;
    this.#source = source;
    this.#points = points;
    this.#classNames = classNames;
  }

  /**
   * Creates a sampler of `count` examples. The real points of a point sample are the first `count` of the training
   * part.
   */
  static async create(
    { task, engine, data }: { task: TrainingTask; engine: Engine; data: Dataset },
    { seed, count }: { seed: number; count: number },
  ): Promise<Sampler> {
    const source = await task.sampleSource(Random.seeded(seed, 'samples'), count, async () => data);
    const points =
      task.example.kind === 'points'
        ? await pointReference(data.train, count, source, task.latents)
        : undefined;
    return new Sampler(task, engine, source, points, data.train.classNames);
  }

  /** Requires a prepared task. */
  async sample(): Promise<SampleSet> {
    if (this.#points !== undefined) return await this.#samplePoints(this.#points);
    const fake = await this.#task.sample(this.#engine, this.#source);
    const { columns, given, targets } = this.#source;
    const reconstructions = await this.#task.reconstruct?.(this.#engine, fake);
    return {
      kind: 'images',
      fake,
      ...(columns === undefined ? {} : { columns, rowLabels: classLabels(this.#source, this.#classNames) }),
      ...(given === undefined ? {} : { given }),
      ...(targets === undefined ? {} : { targets }),
      ...(reconstructions === undefined ? {} : { reconstructions }),
    };
  }

  async #samplePoints({
    real,
    extent,
    question,
    lattice,
    latentSize,
  }: PointReference): Promise<PointSamples> {
    const answer = await this.#task.plane?.(this.#engine, question);
    if (answer === undefined) throw new RangeError('points need a task that shows the plane');
    const { fake, descent, scores, manifold } = answer;
    return {
      kind: 'points',
      real,
      fake,
      heat: { ...scores, shape: [HEAT_CELLS, HEAT_CELLS] },
      extent,
      descent,
      ...(manifold === undefined || lattice === undefined
        ? {}
        : { manifold: { ...manifold, shape: [lattice.rows, lattice.columns, 2] } }),
      latentSize,
    };
  }
}
