// Trains examples/toy-ring on five seeds and counts the modes that are covered and the samples that are good.
//   node bench/evidence/ring.mjs
import { example, gan, newest, runFolder, temporaryFolder, tensors } from './gan.mjs';

const RADIUS = 2;
const SIGMA = 0.05;
const out = temporaryFolder();
console.log('seed  modes  within 3σ  seconds');
for (const seed of [0, 1, 2, 3, 4]) {
  const start = performance.now();
  const folder = runFolder(gan('train', example('toy-ring'), '--seed', String(seed), '--out', out));
  const seconds = (performance.now() - start) / 1000;
  const { fake } = tensors(newest(folder, 'samples'));
  const covered = new Set();
  let good = 0;
  for (let i = 0; i < fake.length; i += 2)
    for (let mode = 0; mode < 8; mode++) {
      const angle = (mode * Math.PI) / 4;
      const distance = Math.hypot(fake[i] - RADIUS * Math.cos(angle), fake[i + 1] - RADIUS * Math.sin(angle));
      if (distance > 3 * SIGMA) continue;
      good++;
      covered.add(mode);
    }
  const share = ((100 * good) / (fake.length / 2)).toFixed(1);
  console.log(
    `${String(seed).padStart(4)}  ${covered.size}/8    ${share.padStart(6)} %  ${seconds.toFixed(1).padStart(6)}`,
  );
}
