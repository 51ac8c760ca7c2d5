// Peak resident memory of training on a packed cache of 20 GB against one of a few megabytes. The large cache is
// sparse: it is the cache of an imported folder whose header is edited to claim more records, all of them zeros.
//   node bench/evidence/large-cache.mjs      (Linux: reads /proc; needs a file system with sparse files)
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { start, temporaryFolder } from './gan.mjs';

const LARGE_BYTES = 20e9;
const RECORD_BYTES = 64 * 64 * 3;
const PICTURES = 500;
const STEPS = 60;

const folder = temporaryFolder();
process.env.GAN_WORKBENCH_CACHE = join(folder, 'cache');
mkdirSync(join(folder, 'pictures'));
for (let i = 0; i < PICTURES; i++)
  await sharp({ create: { width: 64, height: 64, channels: 3, background: { r: i % 256, g: 90, b: 90 } } })
    .png()
    .toFile(join(folder, 'pictures', `${i}.png`));
const file = join(folder, 'x.gan.json');
const network = { channels: [16, 16, 16] };
writeFileSync(
  file,
  JSON.stringify({
    data: { source: 'folder', folder: 'pictures', imageSize: 64, batchSize: 32 },
    generator: { network: 'dcgan', ...network },
    discriminator: { network: 'dcgan', ...network },
    length: { steps: STEPS },
    engine: { threads: 1 },
    logging: { sampleCount: 4 },
  }),
);

async function peakMb() {
  let peak = 0;
  const end = await start(['train', file, '--out', join(folder, 'runs')], (object, child) => {
    if (object.type !== 'progress') return;
    peak = Math.max(
      peak,
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1000,
    );
  });
  if (end !== 0) throw new Error(`training ended with ${end}`);
  return peak;
}

function enlarge() {
  const packs = join(folder, 'cache', 'packs');
  const pack = openSync(join(packs, readdirSync(packs)[0]), 'r+');
  const head = Buffer.alloc(32);
  readSync(pack, head, 0, 32, 0);
  const text = Buffer.alloc(Number(head.readBigUInt64LE(16)));
  readSync(pack, text, 0, text.length, Number(head.readBigUInt64LE(8)));
  const count = Math.floor(LARGE_BYTES / RECORD_BYTES);
  const labelsStart = 4096 + count * RECORD_BYTES;
  const description = { ...JSON.parse(text), count, labelsStart, entriesStart: labelsStart, entriesBytes: 0 };
  const changed = Buffer.from(JSON.stringify(description));
  head.writeBigUInt64LE(BigInt(labelsStart), 8);
  head.writeBigUInt64LE(BigInt(changed.length), 16);
  head.writeUInt32LE(crc32(changed), 24);
  ftruncateSync(pack, labelsStart);
  writeSync(pack, changed, 0, changed.length, labelsStart);
  writeSync(pack, head, 0, 32, 0);
  closeSync(pack);
  return { bytes: labelsStart + changed.length, count };
}

const small = await peakMb();
console.log(`small: ${PICTURES} images, peak ${small.toFixed(0)} MB`);
const { bytes, count } = enlarge();
const large = await peakMb();
console.log(`large: ${count} images, ${(bytes / 1e9).toFixed(1)} GB, peak ${large.toFixed(0)} MB`);
console.log(`difference: ${(large - small).toFixed(0)} MB`);
rmSync(folder, { recursive: true });
