// Resident memory of a training process over 4,000 steps of a small network, to find memory leaked per step.
//   node bench/evidence/memory.mjs      (Linux: reads /proc)
import { readFileSync } from 'node:fs';
import { example, start, temporaryFolder } from './gan.mjs';

const EVERY = 500;
const samples = [];
let next = EVERY;
const residentMb = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1000;

await start(
  [
    'train',
    example('toy-ring'),
    '--steps',
    '6000',
    '--out',
    temporaryFolder(),
    '--set',
    'logging.sampleEvery=100000',
  ],
  (object, child) => {
    if (object.type !== 'progress' || object.step < next || object.step === object.totalSteps) return;
    samples.push({ step: object.step, mb: residentMb(child.pid) });
    next += EVERY;
  },
);
for (const { step, mb } of samples) console.log(`step ${String(step).padStart(5)}: ${mb.toFixed(1)} MB`);
// The first 2,000 steps fill caches and let the garbage collector settle; a line fitted to the rest gives the growth.
const rest = samples.filter(({ step }) => step >= 2000);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanStep = mean(rest.map(({ step }) => step));
const meanMb = mean(rest.map(({ mb }) => mb));
const slope =
  rest.reduce((sum, { step, mb }) => sum + (step - meanStep) * (mb - meanMb), 0) /
  rest.reduce((sum, { step }) => sum + (step - meanStep) ** 2, 0);
console.log(`growth: ${(slope * 1000).toFixed(2)} MB per 1,000 steps`);
