// `npm run presets`: trains every example that ships, scores what it made and rewrites docs/gallery.md and the table of
// docs/measurements.md from what was measured. Names after `--` restrict it to those; the others' rows stay.
// `--score-only` scores the newest run of each as it stands.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ensureBuilt, root } from './ensure-installed.mjs';
import { galleryPage, presetsTable } from './presets-pages.mjs';

const RUNS = join(root, '.cache', 'presets');
const PICTURES = join(root, 'docs', 'images', 'gallery');
const RESULTS = join(root, 'docs', 'presets.json');
/** What the editor's estimates start from. */
const REFERENCE_SECONDS = join(root, 'src', 'host', 'presets', 'reference-seconds.json');
const MEASUREMENTS = join(root, 'docs', 'measurements.md');
const SUFFIX = '.gan.json';
const PAIRED_METRICS = 'psnr,ssim,l1,meanIou,pixelAccuracy';
/** So many fit a page. */
const PICTURE_SAMPLES = 80;

/** What the sources draw on, to be named beside the pictures. */
const ATTRIBUTIONS = {
  digits: 'MNIST, Yann LeCun and Corinna Cortes, CC BY-SA 3.0',
  fashion: 'Fashion-MNIST, Zalando SE, MIT',
  idx: 'Fashion-MNIST, Zalando SE, MIT',
  faces: '“Pixel Art” by DiceBear, CC0 1.0',
  emoji:
    'OpenMoji – the open-source emoji and icon project, CC BY-SA 4.0; these pictures are under the same licence',
  shapes: 'drawn by GAN Workbench',
  points2d: 'drawn by GAN Workbench',
};

ensureBuilt();
mkdirSync(RUNS, { recursive: true });
mkdirSync(PICTURES, { recursive: true });
const all = readdirSync(join(root, 'examples'))
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => basename(file, SUFFIX));
const SCORE_ONLY = '--score-only';
const chosen = process.argv.slice(2).filter((name) => name !== '--' && name !== SCORE_ONLY);
const trains = !process.argv.includes(SCORE_ONLY);
const unknown = chosen.find((name) => !all.includes(name));
if (unknown !== undefined) {
  console.error(`There is no example ${unknown}; there are ${all.join(', ')}.`);
  process.exit(2);
}
const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {};
for (const name of chosen.length === 0 ? all : chosen) {
  results[name] = measure(name);
  const present = Object.fromEntries(all.filter((key) => key in results).map((key) => [key, results[key]]));
  writeFileSync(RESULTS, `${JSON.stringify(present, undefined, 2)}\n`);
  const seconds = Object.entries(present).map(([key, { wallSeconds }]) => [key, wallSeconds]);
  writeFileSync(REFERENCE_SECONDS, `${JSON.stringify(Object.fromEntries(seconds), undefined, 2)}\n`);
  writeFileSync(join(root, 'docs', 'gallery.md'), galleryPage(present));
  writeFileSync(MEASUREMENTS, presetsTable(readFileSync(MEASUREMENTS, 'utf8'), present));
}

function measure(name) {
  console.log(`\n${name}`);
  const file = join(root, 'examples', `${name}${SUFFIX}`);
  const config = JSON.parse(gan(['train', file, '--dry-run']));
  const { source } = config.data;
  if (source === 'emoji') gan(['data', 'fetch', source]);
  if (trains) gan(['train', file, '--out', RUNS], 'inherit');
  const run = join(RUNS, newestRun(name));
  const record = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'));
  const wallSeconds = (Date.parse(record.updatedAt) - Date.parse(record.createdAt)) / 1000;
  // Where it is known what should have come out, that is the evidence.
  const metrics = config.generatorLosses.length === 0 ? [] : ['--metrics', PAIRED_METRICS];
  const scores = lines(gan(['evaluate', run, '--json', ...metrics]))
    .filter(({ type }) => type === 'score')
    .map(({ name: metric, value, protocol, details }) => ({ metric, value, protocol, details }));
  const picture = join(PICTURES, `${name}.png`);
  const samples = readdirSync(join(run, 'samples')).filter((sample) => sample.endsWith('.png'));
  if (source === 'points2d') copyFileSync(join(run, 'samples', samples.sort().at(-1)), picture);
  else
    gan([
      'sample',
      run,
      '--count',
      String(Math.min(config.logging.sampleCount, PICTURE_SAMPLES)),
      '--out',
      picture,
    ]);
  const { engine, host } = record;
  return {
    steps: config.length.steps,
    batchSize: config.data.batchSize,
    wallSeconds: Math.round(wallSeconds * 10) / 10,
    engine: `${engine.version}, ${engine.threads} threads`,
    cpu: host.cpu,
    description: descriptionOf(file),
    attribution: ATTRIBUTIONS[source],
    scores,
  };
}

/** Standard output of the command; exits with its status where it fails. */
function gan(args, output = 'pipe') {
  const result = spawnSync(process.execPath, [join(root, 'dist', 'gan.cjs'), ...args], {
    stdio: ['ignore', output, 'inherit'],
    maxBuffer: 1e9,
    encoding: 'utf8',
  });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    console.error(`gan ${args.join(' ')} ended with status ${result.status}.`);
    process.exit(result.status ?? 1);
  }
  return result.stdout;
}

function lines(text) {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

function newestRun(name) {
  return readdirSync(RUNS)
    .filter((folder) => folder.endsWith(`-${name}`))
    .sort()
    .at(-1);
}

/** The comment that the example opens with. */
function descriptionOf(file) {
  const text = readFileSync(file, 'utf8');
  return [...text.slice(0, text.indexOf('"$schema"')).matchAll(/\/\/ ?(.*)/g)]
    .map(([, line]) => line)
    .join(' ');
}
