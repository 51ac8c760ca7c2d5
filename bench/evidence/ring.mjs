// Trains examples/toy-ring on five seeds and counts the covered modes and the good samples.
//   node bench/evidence/ring.mjs
import { example, gan, runFolder, temporaryFolder } from './gan.mjs';

const out = temporaryFolder();
console.log('seed  modes  within 3σ  seconds');
for (const seed of [0, 1, 2, 3, 4]) {
  const start = performance.now();
  const folder = runFolder(gan('train', example('toy-ring'), '--seed', String(seed), '--out', out));
  const seconds = (performance.now() - start) / 1000;
  const scores = Object.fromEntries(
    gan('evaluate', folder, '--metrics', 'modes', '--samples', '1000')
      .filter(({ type }) => type === 'score')
      .map(({ name, value }) => [name, value]),
  );
  const share = (100 * scores.highQualityShare).toFixed(1);
  console.log(
    `${String(seed).padStart(4)}  ${scores.modesCovered}/8    ${share.padStart(6)} %  ${seconds.toFixed(1).padStart(6)}`,
  );
}
