// Makes the animation of the README, a walk through the latents of a run of examples/digits-conditional, which is trained
// if none is given: `node bench/evidence/readme-animation.mjs [RUN]`. Writes docs/images/latent-walk.webp.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { example, gan, runFolder, temporaryFolder } from './gan.mjs';

const path = fileURLToPath(new URL('../../docs/images/latent-walk.webp', import.meta.url));
const MAX_BYTES = 1e6;

const run =
  process.argv[2] ??
  runFolder(gan('train', example('digits-conditional'), '--out', join(temporaryFolder(), 'gan-runs')));
// Twenty images make a grid of five columns: each digit twice, whose handwriting changes.
const form = ['--count', '20', '--seconds', '6', '--fps', '10', '--width', '400'];
gan('export', run, '--format', 'latent-walk', '--out', path, ...form, '--force');
const { size } = statSync(path);
if (size > MAX_BYTES) throw new Error(`${path} has ${size} bytes, more than ${MAX_BYTES}.`);
console.log(`${path}: ${(size / 1e6).toFixed(2)} MB`);
