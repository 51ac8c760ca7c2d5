// A user-supplied feature network as an ONNX file: its images, features and distance against PyTorch, NumPy and SciPy,
// and the speed of a network of Inception-v3's size. The networks have random weights; inception.py generates them.
//   node bench/evaluation/inception.mjs [images to time]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSource } from '../../scripts/load-source.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const timed = Number(process.argv[2] ?? 32);
const COUNT = 100;
const SIDE = 28;

const folder = mkdtempSync(join(tmpdir(), 'gan-inception-'));
const script = join(root, 'bench', 'evaluation', 'inception.py');
const python = spawnSync('/usr/bin/python3', [script, folder], { encoding: 'utf8' });
if (python.status !== 0) throw new Error(python.stderr);
const expected = JSON.parse(python.stdout.trim().split('\n').at(-1));

const { openOnnxFile, openNativeMultiply, gaussianOf, frechetDistance } = await loadSource(`
  export { openOnnxFile } from './src/evaluation/features/onnx-file';
  export { openNativeMultiply } from './src/evaluation/algebra/native-multiply';
  export { gaussianOf } from './src/evaluation/algebra/statistics';
  export { frechetDistance } from './src/evaluation/metrics/fid';`);

/** Generates the same images as inception.py. */
function images(seed, count = COUNT) {
  const data = Float32Array.from({ length: count * SIDE * SIDE }, (_, at) => {
    const [i, y, x] = [Math.floor(at / SIDE ** 2), Math.floor(at / SIDE) % SIDE, at % SIDE];
    return (1 - 0.6 * seed) * Math.sin(0.7 * i + 0.3 * y * (1 + (i % 5)) + 0.2 * x * (1 + (i % 7)) + seed);
  });
  return { shape: [count, SIDE, SIDE, 1], dtype: 'float32', data };
}

const small = await openOnnxFile(join(folder, 'small.onnx'), 2);
const { multiply, close } = await openNativeMultiply(2);
const [a, b] = [(await small.extract(images(0))).features, (await small.extract(images(1))).features];
await small.close();
const fid = await frechetDistance(await gaussianOf(a, multiply), await gaussianOf(b, multiply), multiply);
await close();
const apart = expected.features.flatMap((row, i) =>
  row.map((value, j) => Math.abs(a.data[i * a.columns + j] - value)),
);
console.log(`features differ by at most ${Math.max(...apart).toExponential(1)}`);
console.log(
  `FID ${fid}, by PyTorch and SciPy ${expected.fid}: apart by ${Math.abs(fid / expected.fid - 1).toExponential(1)} relative`,
);

const whole = await openOnnxFile(join(folder, 'whole.onnx'), 2);
await whole.extract(images(0, 8));
const begunMs = performance.now();
const { features } = await whole.extract(images(0, timed));
const seconds = (performance.now() - begunMs) / 1000;
const { maxRSS } = process.resourceUsage();
console.log(
  `Inception-v3's size: ${(timed / seconds).toFixed(1)} images/s to ${features.columns} features, peak memory ${(maxRSS / 1024).toFixed(0)} MB, load average ${loadavg()[0].toFixed(1)}`,
);
await whole.close();
rmSync(folder, { recursive: true });
