/**
 * Opens the data of an experiment for inspection: images as the network sees them, a survey of all of them, and an
 * estimate of the training time.
 */

import { loadExperiment } from '../config/load';
import { dataShapeOf } from '../config/resolve';
import { type Skipped, UnusableFilesError } from '../data/data-error';
import { shapeOf } from '../data/data-shape';
import { DataNotFetchedError } from '../data/packages/package-folder';
import { dataSources } from '../data/registry';
import { closeDataset, type Dataset, type Examples } from '../data/source';
import { survey } from '../data/survey';
import { drawRgba } from '../pictures/rgba';
import { openDataset } from '../session/dataset';
import { runSeconds } from '../session/run-time';
import { measureStepSeconds } from '../session/step-time';
import type {
  DatasetPart,
  DatasetSummary,
  DatasetSurvey,
  ExamplePlace,
  FromDataset,
  ImageSize,
  ToDataset,
} from '../shared/dataset-protocol';
import { describeError, failureOfError } from '../shared/errors';
import { exampleExtents, type ImageShape } from '../shared/example-shape';
import { sizeOf } from '../shared/host-tensor';
import type { LocalizableText } from '../shared/localizable-text';
import { type CountedProgress, throttledCount } from '../shared/throttle';
import { loadUserNetworks } from '../user-networks/user-networks';
import type { ParentPort } from './parent-port';

/** Throttles progress to ten messages a second. */
const PROGRESS_INTERVAL_MS = 100;
const SHOWN_SKIPPED = 1000;
/** Maximum number of tiles per message. */
const MAX_TILES = 256;

type DatasetPort = ParentPort<FromDataset, ToDataset>;
type OpenMessage = Extract<ToDataset, { readonly type: 'open' }>;

/** Serves one dataset until the port closes; an import in progress is then cancelled and leaves nothing behind. */
export function serveDataset(port: DatasetPort): void {
  const abort = new AbortController();
  let dataset: Promise<Dataset> | undefined;
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!abort.signal.aborted) port.send(failureOf(error));
    }
  };
  const open = async ({ experimentFile, threads }: OpenMessage): Promise<void> => {
    dataset = openExperimentData(experimentFile, abort.signal, port);
    const opened = await dataset;
    const names = new Map<string, string>();
    port.send({ type: 'opened', summary: await summaryOf(experimentFile, opened, names) });
    const tell = atIntervals((done: number, total: number) => port.send({ type: 'surveying', done, total }));
    const found = await survey(opened, abort.signal, tell);
    port.send({ type: 'surveyed', survey: withNames(found, names) });
    port.send({ type: 'estimated', ...(await estimate(experimentFile, opened, threads, port)) });
  };
  port.onMessage((message) => {
    if (message.type === 'open') void attempt(() => open(message));
    else
      void attempt(async () => {
        if (dataset !== undefined) await sendImages(await dataset, message, port);
      });
  });
  port.onClose(() => {
    abort.abort();
    void dataset?.then(closeDataset, () => undefined);
  });
}

async function openExperimentData(file: string, signal: AbortSignal, port: DatasetPort): Promise<Dataset> {
  const { config, baseFolder } = await loadExperiment(file, []);
  return await openDataset(config, {
    baseFolder,
    signal,
    onProgress: throttledCount(PROGRESS_INTERVAL_MS, (progress) =>
      port.send({ type: 'importing', ...progress }),
    ),
  });
}

/** Empty if networks and data do not fit, which *Start Training* then reports. */
async function estimate(
  file: string,
  dataset: Dataset,
  threads: number | undefined,
  port: DatasetPort,
): Promise<{ readonly seconds?: number }> {
  try {
    const { config, baseFolder } = await loadExperiment(
      file,
      threads === undefined ? [] : [`engine.threads=${threads}`],
    );
    const modules = await port.loading(() => loadUserNetworks(config, baseFolder));
    const secondsPerStep = await measureStepSeconds(config, shapeOf(dataset), modules);
    return { seconds: runSeconds(config.length.steps, secondsPerStep) };
  } catch (error) {
    console.error(`The time of a run was not estimated: ${describeError(error)}`);
    return {};
  }
}

function atIntervals(tell: (done: number, total: number) => void): (done: number, total: number) => void {
  const receive = throttledCount<CountedProgress>(PROGRESS_INTERVAL_MS, ({ done, total }) =>
    tell(done, total),
  );
  return (done, total) => receive({ done, total });
}

/** @param names receives the origin of each example, by `placeKey` */
async function summaryOf(
  file: string,
  dataset: Dataset,
  names: Map<string, string>,
): Promise<DatasetSummary<LocalizableText>> {
  const { config } = await loadExperiment(file, []);
  const source = dataSources.find(({ name }) => name === config.data.source);
  const { train, heldOut, unpairedInputs } = dataset;
  const skipped: Skipped[] = [];
  let skippedCount = 0;
  if (dataset.origins !== undefined)
    for await (const origin of dataset.origins()) {
      if ('index' in origin) {
        names.set(placeKey(origin.part, origin.index), origin.name);
        continue;
      }
      skippedCount++;
      if (skipped.length < SHOWN_SKIPPED) skipped.push({ name: origin.name, reason: origin.reason });
    }
  const input = dataShapeOf(config.data).input;
  return {
    title: source?.title ?? config.data.source,
    train: train.count,
    heldOut: heldOut.count,
    ...(train.shape.kind === 'image' ? { image: sizeIn(train.shape) } : {}),
    ...(input === undefined
      ? {}
      : { input: { ...sizeIn(input.shape), isPaired: unpairedInputs === undefined } }),
    ...(unpairedInputs === undefined
      ? {}
      : { given: { train: unpairedInputs.train.count, heldOut: unpairedInputs.heldOut.count } }),
    classes: train.classNames ?? Array.from({ length: train.classes }, (_, label) => String(label)),
    skippedCount,
    skipped,
    steps: config.length.steps,
  };
}

function sizeIn({ height, width, channels }: ImageShape): ImageSize {
  return { height, width, channels };
}

function placeKey(part: DatasetPart, index: number): string {
  return `${part} ${index}`;
}

function withNames(found: DatasetSurvey, names: ReadonlyMap<string, string>): DatasetSurvey {
  const named = (place: ExamplePlace): ExamplePlace => {
    const name = names.get(placeKey(place.part, place.index));
    return name === undefined ? place : { ...place, name };
  };
  return {
    ...found,
    duplicates: found.duplicates.map((group) => ({ ...group, places: group.places.map(named) })),
  };
}

function examplesOf({ train, heldOut, unpairedInputs }: Dataset, part: DatasetPart): Examples | undefined {
  switch (part) {
    case 'train':
      return train;
    case 'heldOut':
      return heldOut;
    case 'givenTrain':
      return unpairedInputs?.train;
    case 'givenHeldOut':
      return unpairedInputs?.heldOut;
  }
}

async function sendImages(
  dataset: Dataset,
  { part, start, count: asked }: Extract<ToDataset, { readonly type: 'images' }>,
  port: DatasetPort,
): Promise<void> {
  const examples = examplesOf(dataset, part);
  if (examples === undefined) return;
  const { shape, input } = examples;
  const count = Math.max(0, Math.min(asked, MAX_TILES, examples.count - start));
  if (shape.kind !== 'image' || count === 0) return;
  const { made, given, labels } = await readExamples(examples, start, count);
  const width = shape.width + (input === undefined ? 0 : shape.width);
  const pixels = new Uint8Array(count * shape.height * width * 4);
  const madeSize = sizeOf(exampleExtents(shape));
  for (let i = 0; i < count; i++) {
    const tile = pixels.subarray(i * shape.height * width * 4, (i + 1) * shape.height * width * 4);
    const image = { shape, values: made.subarray(i * madeSize, (i + 1) * madeSize) };
    if (input === undefined) drawRgba(image, tile, { left: 0, width, of: shape });
    else {
      const givenSize = sizeOf(exampleExtents(input));
      const values = given.subarray(i * givenSize, (i + 1) * givenSize);
      drawRgba({ shape: input, values }, tile, { left: 0, width, of: shape });
      drawRgba(image, tile, { left: shape.width, width, of: shape });
    }
  }
  port.send({ type: 'images', part, start, count, width, height: shape.height, pixels, labels });
}

async function readExamples(
  examples: Examples,
  start: number,
  count: number,
): Promise<{ made: Float32Array; given: Float32Array; labels: number[] }> {
  const made = new Float32Array(count * sizeOf(exampleExtents(examples.shape)));
  const given = new Float32Array(
    examples.input === undefined ? 0 : count * sizeOf(exampleExtents(examples.input)),
  );
  const labels = new Int32Array(count);
  const indices = Uint32Array.from({ length: count }, (_, i) => start + i);
  await examples.read(indices, made, labels, examples.input === undefined ? undefined : given);
  return { made, given, labels: examples.classes > 0 ? [...labels] : [] };
}

function failureOf(error: unknown): FromDataset {
  return {
    type: 'failed',
    ...failureOfError(error),
    ...(error instanceof DataNotFetchedError ? { missingData: error.dataName } : {}),
    ...(error instanceof UnusableFilesError && error.count > 0
      ? { unusable: { skippedCount: error.count, skipped: error.skipped } }
      : {}),
  };
}
