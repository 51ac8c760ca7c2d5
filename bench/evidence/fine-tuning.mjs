// Trains a DCGAN on 200 images of clothing for a few hundred steps: from random weights, from the weights of a run on
// digits, and with the first layers of its discriminator frozen. Prints the FID against held-out images.
//   node bench/evidence/fine-tuning.mjs [run on digits]      (needs Debian's dataset-fashion-mnist)
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { gan, runFolder, temporaryFolder } from './gan.mjs';

const FASHION = '/usr/share/datasets/fashion-mnist';
const [IMAGES, STEPS, EVERY, SEEDS] = [200, 300, 75, [0, 1]];
const PARENT_STEPS = 1000;
const HEADER_BYTES = 16;

const folder = temporaryFolder();

/** Writes the first images of the training part as a file of their own. */
function writeFewImages() {
  const all = gunzipSync(readFileSync(join(FASHION, 'train-images-idx3-ubyte.gz')));
  const few = Buffer.from(all.subarray(0, HEADER_BYTES + IMAGES * 28 * 28));
  few.writeUInt32BE(IMAGES, 4);
  writeFileSync(join(folder, 'few-idx3-ubyte'), few);
}

function train(name, experiment, seed) {
  const file = join(folder, `${name}.gan.json`);
  writeFileSync(file, JSON.stringify(experiment));
  return gan('train', file, '--seed', String(seed));
}

writeFewImages();
const parent =
  process.argv[2] ??
  runFolder(
    train('digits', { data: { source: 'digits' }, model: 'dcgan', length: { steps: PARENT_STEPS } }, 0),
  );

const few = {
  data: {
    source: 'idx',
    images: 'few-idx3-ubyte',
    testImages: join(FASHION, 't10k-images-idx3-ubyte.gz'),
  },
  model: 'dcgan',
  length: { steps: STEPS },
  evaluation: { every: EVERY, metrics: ['fid'], features: 'random', samples: 2000, budgetShare: 1 },
};
const initialise = { from: parent, checkpoint: 'newest' };
const variants = [
  ['random weights', few],
  ['digits', { ...few, initialise }],
  ['digits, `down1` frozen', { ...few, initialise, freeze: { discriminator: ['down1'] } }],
  [
    'digits, `down1` and `down2` frozen',
    { ...few, initialise, freeze: { discriminator: ['down1', 'down2'] } },
  ],
];

const steps = Array.from({ length: STEPS / EVERY }, (_, i) => (i + 1) * EVERY);
console.log(`| starts from | ${steps.map((step) => `step ${step}`).join(' | ')} |`);
console.log(`|---|${steps.map(() => '---:|').join('')}`);
for (const [index, [title, experiment]] of variants.entries()) {
  const runs = SEEDS.map((seed) => train(`variant-${index}`, experiment, seed));
  const cells = steps.map((step) =>
    runs
      .map(
        (run) => run.find((line) => line.type === 'score' && line.step === step)?.value.toPrecision(3) ?? '–',
      )
      .join(', '),
  );
  console.log(`| ${title} | ${cells.join(' | ')} |`);
}
console.log(`\nRuns: ${join(folder, 'gan-runs')}`);
