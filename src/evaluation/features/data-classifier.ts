/**
 * A classifier for the data's own classes, trained on the training part and evaluated on the held-out part. Cached, so
 * that every run on the same data is scored by the same network.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { BatchStream } from '../../data/batches';
import { cacheFolder } from '../../data/packed/cache';
import type { Dataset } from '../../data/source';
import type { Engine } from '../../engine/engine';
import { Random } from '../../random/random';
import type { HostTensors } from '../../shared/host-tensor';
import { localizable } from '../../shared/localizable-text';
import { bytesOf, dataKey, shortHash } from '../content-key';
import { EvaluationError } from '../metric';
import { likeliestClasses, shareEqual } from '../metrics/class-accuracy';
import { readAll } from '../read-examples';
import { CLASSIFIER_BATCH, Classifier } from './classifier';
import { CLASSIFIER_DESIGN } from './classifier-network';
import type { FeatureNetwork } from './feature-network';
import { shifted } from './shift';
import { readEntry, writeEntry } from './tensor-cache';

const SEED = 0;
const EPOCHS = 8;
const LEAST_STEPS = 300;
const MAX_STEPS = 2000;
/** Maximum number of held-out examples that its accuracy is measured on. */
const MAX_JUDGED = 10_000;
const METADATA = 'gan-workbench-classifier';
const SCHEMA_VERSION = 1;

const storedSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  accuracy: z.number().min(0).max(1),
});

export interface ClassifierContext {
  /** Opens an engine for exclusive use; closing the network disposes of it. */
  openEngine(): Promise<Engine>;
  readonly signal?: AbortSignal;
  /** Called if it must be trained first. */
  onTraining?(step: number, steps: number): void;
}

/**
 * Loads it from the cache or trains it. Throws `EvaluationError` if the data has no labels; propagates storage errors.
 */
export async function openDataClassifier(
  dataset: Dataset,
  context: ClassifierContext,
): Promise<FeatureNetwork> {
  const { train, heldOut } = dataset;
  if (train.classes < 2)
    throw new EvaluationError(
      localizable('A classifier needs data with at least two classes.'),
      localizable('Set the features to "random" or to an ONNX file.'),
    );
  const keys = [await dataKey(dataset, train), await dataKey(dataset, heldOut)];
  const key = shortHash(CLASSIFIER_DESIGN, ...keys, String(SEED));
  const file = join(cacheFolder(), 'classifiers', `${key}.safetensors`);
  const engine = await context.openEngine();
  try {
    const classifier = new Classifier(engine, train.shape, train.classes);
    const stored = await readStored(file);
    if (stored !== undefined) await classifier.load(stored.weights);
    const accuracy = stored?.accuracy ?? (await trained(classifier, dataset, file, context));
    const layers = await classifier.layers();
    return {
      name: 'classifier',
      title: `a classifier of the data’s ${train.classes} classes, right on ${(100 * accuracy).toFixed(1)}% of held-out examples`,
      hash: hashOf(layers.weights),
      resize: 'none',
      batch: CLASSIFIER_BATCH,
      accuracy,
      layers,
      extract: (examples, watch) => classifier.classify(examples, watch),
      close: () => engine.dispose(),
    };
  } catch (error) {
    await engine.dispose();
    throw error;
  }
}

/**
 * Hashes the weights: training twice, for instance on another machine, need not give the same ones, nor then the same
 * scores.
 */
function hashOf(weights: HostTensors): string {
  const sorted = Object.entries(weights).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = sorted.flatMap(([name, { shape, data }]) => [`${name} ${shape.join()}`, bytesOf(data)]);
  return shortHash(CLASSIFIER_DESIGN, ...parts);
}

async function trained(
  classifier: Classifier,
  { train, heldOut }: Dataset,
  file: string,
  { signal, onTraining }: ClassifierContext,
): Promise<number> {
  const steps = Math.min(
    MAX_STEPS,
    Math.max(LEAST_STEPS, Math.ceil((EPOCHS * train.count) / CLASSIFIER_BATCH)),
  );
  const batches = new BatchStream(train, { batchSize: CLASSIFIER_BATCH, seed: SEED, shuffle: 'classifier' });
  const shifts = Random.seeded(SEED, 'classifier shifts');
  try {
    await classifier.train({
      steps,
      seed: SEED,
      ...(signal === undefined ? {} : { signal }),
      onStep: (step) => onTraining?.(step, steps),
      async nextBatch() {
        const { examples, labels } = await batches.next();
        return { examples: shifted(examples, shifts), labels: labels ?? new Int32Array(CLASSIFIER_BATCH) };
      },
    });
  } finally {
    await batches.close();
  }
  const judged = await readAll(heldOut, MAX_JUDGED);
  const { probabilities } = await classifier.classify(
    judged.examples,
    signal === undefined ? {} : { signal },
  );
  const accuracy = shareEqual(likeliestClasses(probabilities), judged.labels ?? new Int32Array(0));
  const metadata = { [METADATA]: JSON.stringify({ schemaVersion: SCHEMA_VERSION, accuracy }) };
  await writeEntry(file, await classifier.weights(), metadata);
  return accuracy;
}

/** Returns undefined if none is cached, or the cached file is damaged; the classifier is then retrained. */
async function readStored(
  file: string,
): Promise<{ readonly weights: HostTensors; readonly accuracy: number } | undefined> {
  return await readEntry(file, ({ tensors, metadata }) => {
    const { accuracy } = storedSchema.parse(JSON.parse(metadata[METADATA] ?? 'null'));
    return { weights: tensors, accuracy };
  });
}

/**
 * Whether a classifier of the data's images is worth its training time: not for image translation, where the classes
 * say little about the expected output.
 */
export function isWorthClassifying({ train, unpairedInputs }: Dataset): boolean {
  const { shape, classes, input } = train;
  const isPlainImage = shape.kind === 'image' && shape.labelMap === undefined;
  return isPlainImage && classes >= 2 && input === undefined && unpairedInputs === undefined;
}
