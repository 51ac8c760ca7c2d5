/**
 * The textbook's stopping rule, "real and generated images cannot be told apart", as a test that can fail: a classifier
 * is trained to tell them apart, and on held-out images an exact binomial test must reject that its accuracy is at
 * least 0.5 + margin. The control, real against real images, shows the result for indistinguishable data.
 */

import { spreadIndices } from '../data/spread';
import type { Engine } from '../engine/engine';
import { Random } from '../random/random';
import type { ExampleShape } from '../shared/example-shape';
import { exampleExtents } from '../shared/example-shape';
import type { HostTensor } from '../shared/host-tensor';
import { float32, sizeOf } from '../shared/host-tensor';
import { binomialLowerTail } from './algebra/binomial';
import { CLASSIFIER_BATCH, Classifier } from './features/classifier';
import { likeliestClasses } from './metrics/class-accuracy';
import { pickExamples } from './read-examples';

const STEPS = 300;
const SEED = 0;

/** Two sets of examples `[count, ...example]`, each split into a training and a test part. */
export interface TwoSampleTest {
  readonly learned: readonly [HostTensor, HostTensor];
  readonly judged: readonly [HostTensor, HostTensor];
}

export interface EquivalenceSettings {
  readonly margin: number;
  readonly level: number;
}

export interface EquivalenceResult {
  /** Share of the judged examples that the classifier assigns to the correct set. */
  readonly accuracy: number;
  readonly judged: number;
  /** Probability of at most this many correct answers where the true accuracy is 0.5 + margin. */
  readonly pValue: number;
  readonly isIndistinguishable: boolean;
}

/** The exact one-sided binomial test of "accuracy >= 0.5 + margin". */
export function testEquivalence(
  right: number,
  judged: number,
  { margin, level }: EquivalenceSettings,
): EquivalenceResult {
  const pValue = binomialLowerTail(right, judged, 0.5 + margin);
  return { accuracy: right / judged, judged, pValue, isIndistinguishable: pValue <= level };
}

/**
 * Trains a classifier on the two sets and evaluates it. Both judged parts count equally: the longer one is subsampled
 * evenly, since truncating examples sorted by class would lose the last classes.
 *
 * @param openEngine opens an engine, which is disposed of at the end
 */
export async function tellApart(
  { learned, judged }: TwoSampleTest,
  shape: ExampleShape,
  settings: EquivalenceSettings,
  openEngine: () => Promise<Engine>,
  signal?: AbortSignal,
): Promise<EquivalenceResult> {
  const engine = await openEngine();
  try {
    const classifier = new Classifier(engine, shape, 2);
    const random = Random.seeded(SEED, 'equivalence batches');
    await classifier.train({
      steps: STEPS,
      seed: SEED,
      nextBatch: async () => drawBatch(learned, shape, random),
      ...(signal === undefined ? {} : { signal }),
    });
    const each = Math.min(countOf(judged[0]), countOf(judged[1]));
    let right = 0;
    for (const [side, examples] of judged.entries()) {
      const { probabilities } = await classifier.classify(
        pickExamples(examples, spreadIndices(countOf(examples), each)),
        signal === undefined ? {} : { signal },
      );
      right += likeliestClasses(probabilities).filter((found) => found === side).length;
    }
    return testEquivalence(right, 2 * each, settings);
  } finally {
    await engine.dispose();
  }
}

/** Draws half of the batch from each set. */
function drawBatch(
  sides: readonly [HostTensor, HostTensor],
  shape: ExampleShape,
  random: Random,
): { readonly examples: HostTensor; readonly labels: Int32Array } {
  const extents = exampleExtents(shape);
  const width = sizeOf(extents);
  const values = new Float32Array(CLASSIFIER_BATCH * width);
  const labels = Int32Array.from({ length: CLASSIFIER_BATCH }, (_, i) => i % 2);
  labels.forEach((side, i) => {
    const from = side === 0 ? sides[0] : sides[1];
    const at = random.below(countOf(from)) * width;
    values.set(from.data.subarray(at, at + width), i * width);
  });
  return { examples: float32([CLASSIFIER_BATCH, ...extents], values), labels };
}

function countOf({ shape: [count = 0] }: HostTensor): number {
  return count;
}

/** Splits into two sets of equal size, alternately, so that sorted examples are alike on both sides. */
export function halves(examples: HostTensor): readonly [HostTensor, HostTensor] {
  const length = Math.floor(countOf(examples) / 2);
  const half = (first: number) =>
    pickExamples(
      examples,
      Uint32Array.from({ length }, (_, i) => 2 * i + first),
    );
  return [half(0), half(1)];
}
