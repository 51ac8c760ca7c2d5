/**
 * Entry point of a process that trains or resumes a run and prints each step, so that a test can kill it at any point.
 */
import { type JobOptions, resume, trainNew } from './training-job';

const [folder, mode] = process.argv.slice(2);
const options: JobOptions = {
  settings: { totalSteps: 400, sampleEvery: 4, checkpointEvery: 6, keepCheckpoints: 2, keepRecentSamples: 5 },
  observer: { onProgress: ({ step }) => void process.stdout.write(`${step}\n`) },
};
if (folder === undefined) throw new Error('usage: killed-training FOLDER new|resume');
if (mode === 'new') await trainNew(folder, options);
else await resume(folder, options);
