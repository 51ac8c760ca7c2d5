// Finds the latents of five held-out images of the runs given, with and without the classifier's features, and prints
// how near they come. Writes docs/images/inversion-<experiment>.png: the images above what was found by their pixels.
//   node bench/evidence/inversion.mjs RUN…      (runs of examples/digits-dcgan and examples/faces-dcgan-64)
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSource } from '../../scripts/load-source.mjs';

const IMAGES = 5;
const JUDGE = { steps: 500, seed: 7 };
const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const {
  BatchStream,
  Classifier,
  float32,
  gridPng,
  INVERSION_DEFAULTS,
  Inverter,
  openGenerator,
  openInversionFeatures,
  peakSignalToNoise,
  readAll,
  scoringParts,
  stacked,
  structuralSimilarity,
} = await loadSource(`
  export * from './src/data/batches';
  export * from './src/evaluation/features/classifier';
  export * from './src/evaluation/metrics/psnr';
  export * from './src/evaluation/metrics/ssim';
  export * from './src/evaluation/read-examples';
  export * from './src/latents/inversion';
  export * from './src/pictures/grid';
  export * from './src/session/inversion-features';
  export * from './src/session/sampling';
  export * from './src/session/scoring';
  export * from './src/session/stored-run';
  export * from './src/shared/host-tensor';
`);

/** Another classifier than the one whose features are compared. */
async function openJudge({ config, engine }, { train }) {
  const judge = new Classifier(
    await scoringParts(config, engine.info.name).engine.open(),
    train.shape,
    train.classes,
  );
  const batches = new BatchStream(train, { batchSize: 64, seed: JUDGE.seed, shuffle: 'judge' });
  await judge.train({ ...JUDGE, nextBatch: () => batches.next() });
  await batches.close();
  return judge;
}

/** Mean squared difference of the features, relative to the target's. */
async function featureError(judge, found, target) {
  const [a, b] = [await judge.classify(found), await judge.classify(target)].map(
    ({ features }) => features.data,
  );
  const squares = (values) => values.reduce((sum, value) => sum + value ** 2, 0);
  return squares(a.map((value, i) => value - b[i])) / squares(b);
}

/** Held-out images at even distances. */
async function targetsOf({ heldOut }) {
  const { examples } = await readAll(heldOut, heldOut.count);
  const [count, ...extents] = examples.shape;
  const width = examples.data.length / count;
  return Array.from({ length: IMAGES }, (_, i) => {
    const start = Math.floor((i * count) / IMAGES) * width;
    return float32([1, ...extents], examples.data.slice(start, start + width));
  });
}

console.log('| run | compared by | PSNR, dB | SSIM | features of another classifier | seconds per image |');
console.log('|---|---|---:|---:|---:|---:|');
for (const run of process.argv.slice(2)) {
  const generator = await openGenerator(run);
  const data = await generator.openData();
  const targets = await targetsOf(data);
  const judge = data.train.classes < 2 ? undefined : await openJudge(generator, data);
  const name = basename(run).replace(/^\d+-/, '');
  for (const choice of judge === undefined ? ['none'] : ['none', 'auto']) {
    const inverter = new Inverter(generator, await openInversionFeatures(generator, choice, {}));
    const found = [];
    const started = performance.now();
    for (const target of targets) found.push((await inverter.invert(target, INVERSION_DEFAULTS)).image);
    const seconds = (performance.now() - started) / 1000 / IMAGES;
    const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const each = (measure) => found.map((image, i) => measure(image, targets[i]));
    const psnr = each(peakSignalToNoise);
    const features =
      judge === undefined
        ? []
        : await Promise.all(each((image, target) => featureError(judge, image, target)));
    const cells = [
      name,
      choice === 'none' ? 'pixels' : 'pixels and classifier',
      `${mean(psnr).toFixed(2)} (${psnr.map((value) => value.toFixed(1)).join(', ')})`,
      mean(each(structuralSimilarity)).toFixed(3),
      features.length === 0 ? '–' : mean(features).toPrecision(2),
      seconds.toFixed(1),
    ];
    console.log(`| ${cells.join(' | ')} |`);
    if (choice === 'none')
      writeFileSync(
        join(images, `inversion-${name}.png`),
        await gridPng(stacked([...targets, ...found]), { columns: IMAGES }),
      );
  }
  await generator.close();
}
// The judge's engines are still open.
process.exit(0);
