// Makes each trouble on purpose and shows which findings there are and at which step, then trains the presets, which
// should have none.
//   node bench/evidence/diagnostics.mjs [part of a case's name]
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { example, gan, metrics, runFolder, temporaryFolder } from './gan.mjs';

const out = temporaryFolder();
const assets = fileURLToPath(new URL('../../assets/digits/', import.meta.url));
const set = (values) =>
  Object.entries(values).flatMap(([key, value]) => ['--set', `${key}=${JSON.stringify(value)}`]);

/** The first 32 of the digits that ship, with 2,000 others held out. */
function tinyDigits() {
  const all = gunzipSync(readFileSync(join(assets, 'train-images-idx3-ubyte.gz')));
  const count = 32;
  const header = Buffer.from(all.subarray(0, 16));
  header.writeUInt32BE(count, 4);
  writeFileSync(join(out, 'tiny-images'), Buffer.concat([header, all.subarray(16, 16 + count * 784)]));
  copyFileSync(join(assets, 'test-images-idx3-ubyte.gz'), join(out, 'held-images.gz'));
  const file = join(out, 'tiny.gan.json');
  const data = { source: 'idx', images: 'tiny-images', testImages: 'held-images.gz', batchSize: 16 };
  writeFileSync(file, JSON.stringify({ data, model: 'dcgan', ema: { decay: 0.98 } }));
  return file;
}

const ring = example('toy-ring');
const SMALL = {
  generator: { network: 'dcgan', channels: [32, 16] },
  discriminator: { network: 'dcgan', channels: [16, 32] },
};
const cases = [
  ['D rate × 100', ring, 60, { 'optimiser.discriminatorLearningRate': 0.1 }],
  ['G rate × 1000', ring, 60, { 'optimiser.generatorLearningRate': 1 }],
  ['textbook network', example('fashion-textbook'), 150, {}],
  [
    'minimax without R1 and average, slow D',
    ring,
    2000,
    {
      objective: 'minimax',
      regularisers: [],
      ema: false,
      'optimiser.discriminatorLearningRate': 0.0001,
    },
  ],
  ['32 images', tinyDigits(), 2000, { ...SMALL, 'logging.sampleEvery': 200 }],
  ['rates ÷ 100,000', ring, 1000, { 'optimiser.generatorLearningRate': 1e-8, 'length.steps': 2000 }],
  ['preset toy-ring', ring, 5000, {}],
  ['preset digits-dcgan', example('digits-dcgan'), 2300, {}],
];

const wanted = process.argv[2] ?? '';
for (const [name, file, steps, changes] of cases) {
  if (!name.includes(wanted)) continue;
  const args = ['train', file, '--steps', String(steps), '--threads', '1', '--out', out, ...set(changes)];
  const records = metrics(runFolder(gan(...args)));
  const found = records
    .filter(({ type }) => type === 'finding')
    .map(({ rule, step }) => `${rule} at ${step}`);
  console.log(`${name} (${steps} steps): ${found.join(', ') || 'nothing'}`);
}
