// Images per second when importing a folder of photographs, against sharp alone decoding and resizing the same files
// with the same concurrency and keeping nothing. The photographs are clouds of noise, 640×480, JPEG.
//   node bench/evidence/import.mjs [count]
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { start, temporaryFolder } from './gan.mjs';

const count = Number(process.argv[2] ?? 2000);
const ROUNDS = 3;
const folder = temporaryFolder();
const pictures = join(folder, 'pictures');
mkdirSync(pictures);
const names = Array.from({ length: count }, (_, i) => join(pictures, `${i}.jpg`));
for (const [i, name] of names.entries()) {
  const noise = { type: 'gaussian', mean: 60 + (i % 140), sigma: 60 };
  const small = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer();
  await sharp(small).resize(640, 480, { kernel: 'cubic' }).jpeg({ quality: 85 }).toFile(name);
}
sharp.cache(false);
sharp.concurrency(1);

async function alone() {
  const began = performance.now();
  const waiting = [...names];
  const work = async () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop())
      await sharp(name)
        .autoOrient()
        .flatten({ background: '#fff' })
        .toColourspace('srgb')
        .resize(64, 64)
        .raw()
        .toBuffer();
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, work));
  return count / ((performance.now() - began) / 1000);
}

async function imported(round) {
  const file = join(folder, `round-${round}.gan.json`);
  const data = { source: 'folder', folder: 'pictures', imageSize: 64, batchSize: 4 };
  const network = { network: 'dcgan', channels: [8, 8, 8] };
  writeFileSync(
    file,
    JSON.stringify({
      data,
      generator: network,
      discriminator: network,
      length: { steps: 1 },
      engine: { threads: 1 },
      logging: { sampleCount: 4 },
    }),
  );
  process.env.GAN_WORKBENCH_CACHE = join(folder, `cache-${round}`);
  let speed = 0;
  await start(['train', file, '--out', join(folder, 'runs')], (object) => {
    if (object.type === 'import' && object.done === object.total) speed = object.imagesPerSecond;
  });
  return speed;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const results = { alone: [], imported: [] };
await alone();
for (let round = 0; round < ROUNDS; round++) {
  results.alone.push(await alone());
  results.imported.push(await imported(round));
}
rmSync(folder, { recursive: true });
for (const [what, speeds] of Object.entries(results))
  console.log(
    `${what.padEnd(8)} ${median(speeds).toFixed(0)} images/s (${speeds.map((speed) => speed.toFixed(0)).join(', ')})`,
  );
console.log(`share: ${((100 * median(results.imported)) / median(results.alone)).toFixed(0)} %`);
