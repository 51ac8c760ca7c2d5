// `gan translate` on images that are larger than its network: whether seams show where tiles meet, how long it takes, and
// whether memory grows with the number of images. Trains shapes-segmentation (64×64) for 400 steps first.
//   node bench/evidence/translate.mjs [steps]      (Linux: reads /proc)
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { loadSource } from '../../scripts/load-source.mjs';
import { example, gan, runFolder, start, temporaryFolder } from './gan.mjs';

const [WIDTH, HEIGHT, TILE] = [1000, 700, 64];
const IMAGES = 500;

const { fade, Random, tilesAlong } = await loadSource(
  `export { fade, tilesAlong } from './src/translation/tiles';
   export { Random } from './src/random/random';`,
);
const folder = temporaryFolder();
const steps = process.argv[2] ?? '400';
const run = runFolder(gan('train', example('shapes-segmentation'), '--steps', steps, '--out', folder));

/** Soft colours with noise, as a camera sees them, and four discs. */
async function photograph(path, width, height) {
  const random = Random.seeded(1, 'photograph');
  const noise = random.fillNormal(new Float32Array(width * height * 3));
  const discs = [
    [0.2, 0.3, 0.13, [220, 40, 40]],
    [0.6, 0.5, 0.2, [40, 200, 60]],
    [0.85, 0.17, 0.09, [50, 60, 230]],
    [0.4, 0.8, 0.11, [230, 210, 40]],
  ];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / height, y / height];
      const isIn = ([left, top, radius]) => (u - (left * width) / height) ** 2 + (v - top) ** 2 < radius ** 2;
      const disc = discs.find(isIn);
      const soft = [120 + 60 * Math.sin(5 * u), 110 + 50 * Math.cos(4 * v), 100 + 60 * Math.sin(4 * (u + v))];
      (disc?.[3] ?? soft).forEach((level, c) => {
        const at = (y * width + x) * 3 + c;
        data[at] = Math.max(0, Math.min(255, level + 8 * noise[at]));
      });
    }
  await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toFile(path);
}

/** Mean absolute difference of each column from the one before it, from the second on. */
function stepsAcross({ data, width, height, channels }) {
  return Array.from({ length: width - 1 }, (_, i) => {
    let sum = 0;
    for (let y = 0; y < height; y++)
      for (let c = 0; c < channels; c++) {
        const at = (y * width + i + 1) * channels + c;
        sum += Math.abs(data[at] - data[at - channels]);
      }
    return sum / height / channels;
  });
}

const photo = join(folder, 'photo.jpg');
await photograph(photo, WIDTH, HEIGHT);
const made = join(folder, 'made.png');
const begin = performance.now();
gan('translate', run, photo, '--out', made);
const seconds = (performance.now() - begin) / 1000;
const { data, info } = await sharp(made).removeAlpha().raw().toBuffer({ resolveWithObject: true });
const across = stepsAcross({ data, ...info });
const { starts } = tilesAlong(WIDTH, TILE);
// A tile becomes visible at its first pixel, has its full weight at the end of its fade, and so on the way out.
const full = fade(TILE).indexOf(1);
const borders = new Set(starts.flatMap((left) => [left, left + full, left + TILE - full, left + TILE]));
const split = (isBorder) => across.filter((_, i) => borders.has(i + 1) === isBorder);
const shown = (values) =>
  `${(values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2)} in the mean, ${Math.max(...values).toFixed(2)} at most`;
console.log(`${WIDTH}×${HEIGHT} in ${seconds.toFixed(1)} s, starting included; ${made}`);
console.log(`steps between columns, of 255 levels: ${shown(split(true))}, where tiles begin and end`);
console.log(`steps between columns, of 255 levels: ${shown(split(false))}, elsewhere`);

for (const count of [5, IMAGES]) {
  const from = join(folder, `in-${count}`);
  mkdirSync(from);
  const one = join(folder, 'one.jpg');
  await photograph(one, 320, 240);
  for (let i = 0; i < count; i++) copyFileSync(one, join(from, `${i}.jpg`));
  let peakMb = 0;
  const since = performance.now();
  await start(['translate', run, from, '--out', join(folder, `out-${count}`)], (_object, child) => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    peakMb = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1000;
  });
  console.log(
    `${count} images of 320×240: ${((performance.now() - since) / 1000).toFixed(1)} s, peak memory ${peakMb.toFixed(0)} MB`,
  );
}
