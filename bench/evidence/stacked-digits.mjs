// Stacked MNIST: how many of the 1,000 modes the model "dcgan" covers, by loss and penalties, all else and the number of
// steps equal. 25,600 samples, read channel by channel by a classifier of the digits.
//   node bench/evidence/stacked-digits.mjs [steps [seeds]]      (2,000 steps and 1 seed by default)
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gan, runFolder, temporaryFolder } from './gan.mjs';

const [steps = '2000', seeds = '1'] = process.argv.slice(2);
const SAMPLES = '25600';
const PENALTIES = [
  { name: 'r1', weight: 0.5 },
  { name: 'r2', weight: 0.5 },
];
const SETTINGS = {
  '`non-saturating`': { objective: 'non-saturating', regularisers: [] },
  '`non-saturating` with R1 and R2': { objective: 'non-saturating', regularisers: PENALTIES },
  '`relativistic-pairing` with R1': { objective: 'relativistic-pairing', regularisers: [PENALTIES[0]] },
  '`relativistic-pairing` with R1 and R2': { objective: 'relativistic-pairing', regularisers: PENALTIES },
};

const folder = temporaryFolder();
console.log('| loss | seed | modes of 1,000 | KL | training |\n|---|---:|---:|---:|---:|');
for (const [title, setting] of Object.entries(SETTINGS))
  for (let seed = 0; seed < Number(seeds); seed++) {
    const experiment = {
      data: { source: 'stacked-digits' },
      model: 'dcgan',
      ...setting,
      seed,
      length: { steps: Number(steps) },
      logging: { sampleEvery: Number(steps), checkpointEvery: Number(steps) },
    };
    const file = join(folder, 'stacked.gan.json');
    writeFileSync(file, JSON.stringify(experiment));
    const start = performance.now();
    const run = runFolder(gan('train', file, '--out', folder));
    const minutes = (performance.now() - start) / 60_000;
    const scores = gan('evaluate', run, '--samples', SAMPLES, '--metrics', 'stackedModes');
    const value = (name) => scores.find((score) => score.name === name)?.value;
    console.log(
      `| ${title} | ${seed} | ${value('modesOfStacked')} | ${value('klOfStacked').toFixed(3)} | ${minutes.toFixed(1)} min |`,
    );
  }
