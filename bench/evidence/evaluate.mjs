// Duration of `gan evaluate` for 10,000 samples of 28×28, phase by phase, against its own estimate. The run has only a
// few steps, since sample quality does not affect the time. The first evaluation trains the classifier and caches the
// features of the real examples; the second gets a cache hit.
//   node bench/evidence/evaluate.mjs [samples]
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { example, gan, runFolder, start, temporaryFolder } from './gan.mjs';

const samples = process.argv[2] ?? '10000';
const out = temporaryFolder();
process.env.GAN_WORKBENCH_CACHE = join(out, 'cache');
const folder = runFolder(gan('train', example('digits-dcgan'), '--out', out, '--steps', '20'));

async function measure(title, ...options) {
  const phases = new Map();
  const begun = performance.now();
  let [phase, sinceMs, estimate, features] = ['starting', begun, undefined, 0];
  const turn = (next) => {
    const nowMs = performance.now();
    phases.set(phase, (phases.get(phase) ?? 0) + (nowMs - sinceMs) / 1000);
    [phase, sinceMs] = [next, nowMs];
  };
  await start(['evaluate', folder, '--samples', samples, ...options], (object) => {
    if (object.type === 'progress' && object.phase !== phase) turn(object.phase);
    if (object.type === 'estimate') {
      turn('estimate');
      ({ seconds: estimate, features } = object);
    }
    if (object.type === 'end') turn('end');
  });
  const total = (performance.now() - begun) / 1000;
  const parts = [...phases].map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`).join(', ');
  const after = ['referenceFeatures', 'samples', 'features', 'metrics'];
  const estimated = after.reduce((sum, name) => sum + (phases.get(name) ?? 0), 0);
  const wholes = `${total.toFixed(1)} s in all, of which ${estimated.toFixed(1)} s were estimated to be ${estimate.toFixed(1)} s`;
  console.log(`${title}, ${features} features: ${wholes} (${parts})`);
}

console.log(`load average ${loadavg()[0].toFixed(1)}`);
await measure('first, against the held-out 2,000');
await measure('again');
await measure('against the training 8,000', '--training');
await measure('fixed random convolutions, against the training 8,000', '--training', '--features', 'random');
console.log(`load average ${loadavg()[0].toFixed(1)}`);
