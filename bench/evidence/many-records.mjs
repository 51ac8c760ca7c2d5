// Generates the records of a very long run as the training loop would have written them.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Creates the run folder with `count` step records; returns the path of their file. */
export async function writeRecords(run, count) {
  await mkdir(run, { recursive: true });
  const metrics = join(run, 'metrics.jsonl');
  const file = createWriteStream(metrics);
  const noise = (step, wave) => 0.5 + 0.5 * Math.sin(step * wave) * Math.sin(step * 0.7 * wave + 1);
  for (let step = 1; step <= count; step++) {
    const record = {
      schemaVersion: 1,
      type: 'step',
      step,
      images: 64 * step,
      seconds: 0.15 * step + noise(step, 3) / 100,
      imagesPerSecond: 400 + 20 * noise(step, 5),
      discriminatorLoss: 1 + noise(step, 1.1),
      generatorLoss: 0.7 + noise(step, 1.3),
      realScore: 0.4 + 0.3 * noise(step, 1.7),
      fakeScore: 0.3 + 0.3 * noise(step, 1.9),
      discriminatorGradientNorm: noise(step, 2.3),
      generatorGradientNorm: 2 * noise(step, 2.9),
      extra: { r1Penalty: noise(step, 3.1) / 10 },
    };
    if (!file.write(`${JSON.stringify(record)}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return metrics;
}
