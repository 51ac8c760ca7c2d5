// User-visible latencies in a real VS Code with the packaged extension in a real browser: from choosing the toy preset
// in an empty folder to its first curves and samples; activation of the extension; from *Start Training* to moving
// curves; event loop delay of the extension host during training; and from a click to the curves of a run of 1,000,000
// steps. `node bench/evidence/editor.mjs [rounds]` after `npm run test:ui` has run once.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { loadSource } from '../../scripts/load-source.mjs';
import { gan, runFolder, temporaryFolder } from './gan.mjs';
import { writeRecords } from './many-records.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rounds = Number(process.argv[2] ?? 3);
const LONGEST_MS = 120_000;
const TRAINING_SECONDS = 20;
const RECORDS = 1_000_000;
/**
 * About as long as it takes to read the list of presets. A browser that has just been started needs up to 3 s more for
 * its first service worker, which VS Code waits for before it shows any extension's page.
 */
const READING_MS = 3000;

/** A companion extension that measures the event loop of the extension host it shares with ours. */
const companion = join(root, 'dist', 'test', 'event-loop-delay.vsix');
await createVSIX({
  cwd: join(root, 'bench/evidence/event-loop-delay'),
  packagePath: companion,
  dependencies: false,
  allowMissingRepository: true,
  skipLicense: true,
});
const { openWorkbench } = await loadSource(`export * from './test/vscode/ui/workbench';`, {
  packages: 'external',
});

/** Runs in the page: whether a curve has been drawn, detected by a colour other than the greys of the axes. */
const HAS_CURVES = `(() => {
  const canvas = document.querySelector('.chart canvas');
  if (!canvas || canvas.width === 0) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let coloured = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b] = [data[i], data[i + 1], data[i + 2]];
    if (data[i + 3] > 128 && Math.max(r, g, b) - Math.min(r, g, b) > 60) coloured++;
  }
  return coloured > 50;
})()`;

/** Runs in the page: whether a grid or a scatter plot of samples has been drawn. */
const HAS_SAMPLES = `(() => {
  const canvas = document.querySelector('.sample canvas');
  if (!canvas || canvas.width === 0) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, i) => i % 4 === 3 && value > 0);
})()`;

/** Runs in the page: true once curves are drawn and their last step has advanced since they were first seen. */
const CURVES_MOVE = `(() => {
  const [, shown] = /Step ([\\d,]+) of/.exec(document.querySelector('.facts')?.innerText ?? '') ?? [];
  const step = Number(shown?.replaceAll(',', ''));
  if (!(step > (window.firstStepSeen ?? 0)) || !${HAS_CURVES}) return false;
  const moves = window.firstStepSeen !== undefined;
  window.firstStepSeen ??= step;
  return moves;
})()`;

/** Milliseconds until an expression holds in a webview; polls rarely enough that polling costs little. */
async function until(page, expression, since) {
  while (performance.now() - since < LONGEST_MS) {
    for (const frame of page.frames()) {
      if (!frame.url().includes('/webview/browser/pre/fake.html')) continue;
      // A frame may be detached while it is evaluated.
      if (await frame.evaluate(expression).catch(() => false)) return performance.now() - since;
    }
    await delay(50);
  }
  throw new Error('What was waited for did not come.');
}

function say(what, values) {
  const shown = values.map((value) => Math.round(value)).join(', ');
  console.log(`${what.padEnd(62)} ${shown} ms`);
}

/** Activation time of our extension in milliseconds, loading included, as measured by VS Code itself. */
async function activation({ page, runCommand }) {
  await runCommand('Developer: Show Running Extensions');
  const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'GAN Workbench' });
  const text = await row.locator('.activation-time').innerText();
  await runCommand('View: Close All Editors');
  return Number(/(\d+)\s*ms/.exec(text)?.[1]);
}

async function training(example) {
  const folder = temporaryFolder();
  const file = join(folder, 'event-loop.jsonl');
  const workspaceFolder = join(folder, 'workspace');
  mkdirSync(workspaceFolder);
  copyFileSync(join(root, 'examples', `${example}.gan.json`), join(workspaceFolder, `${example}.gan.json`));
  const workbench = await openWorkbench({
    workspaceFolder,
    companion,
    environment: { GAN_WORKBENCH_EVENT_LOOP_FILE: file },
  });
  try {
    await workbench.openContainer('GAN');
    await workbench.treeItems('Experiments').first().waitFor();
    const activationMs = await activation(workbench);
    await workbench.runCommand('GAN: Start Training');
    const movingMs = await until(workbench.page, CURVES_MOVE, performance.now());
    writeFileSync(file, '');
    await delay(TRAINING_SECONDS * 1000);
    const seconds = readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map(JSON.parse);
    await workbench.runCommand('GAN: Stop');
    await workbench.page.locator('.statusbar-item', { hasText: /GAN:/ }).waitFor({ state: 'hidden' });
    return { activationMs, movingMs, seconds };
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from choosing the toy preset in an empty folder to its curves and its samples. */
async function firstRun() {
  const folder = temporaryFolder();
  const workbench = await openWorkbench({ workspaceFolder: folder });
  const { page } = workbench;
  try {
    await workbench.openContainer('GAN');
    await page.getByRole('button', { name: 'Start Training' }).click();
    const toy = page.locator('.quick-input-widget .monaco-list-row').first();
    await toy.waitFor();
    await delay(READING_MS);
    const since = performance.now();
    await toy.click();
    const [curves, samples] = await Promise.all([
      until(page, HAS_CURVES, since),
      until(page, HAS_SAMPLES, since),
    ]);
    await workbench.runCommand('GAN: Stop');
    await page.locator('.statusbar-item', { hasText: /GAN:/ }).waitFor({ state: 'hidden' });
    return { curves, samples };
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function longRun() {
  const folder = temporaryFolder();
  const experiment = join(folder, 'long.gan.json');
  copyFileSync(join(root, 'examples', 'toy-ring.gan.json'), experiment);
  const run = runFolder(gan('train', experiment, '--set', 'length.steps=1'));
  await writeRecords(run, RECORDS);
  const record = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'));
  writeFileSync(join(run, 'run.json'), JSON.stringify({ ...record, step: RECORDS, totalSteps: RECORDS }));
  const workbench = await openWorkbench({ workspaceFolder: folder });
  try {
    await workbench.openContainer('GAN');
    const row = workbench.treeItems('Experiments').filter({ hasText: '00001-long' });
    await row.waitFor();
    const paint = async () => {
      const since = performance.now();
      await row.click();
      return await until(workbench.page, HAS_CURVES, since);
    };
    const fromNothing = await paint();
    await workbench.runCommand('View: Close All Editors');
    await workbench.reload();
    await workbench.openContainer('GAN');
    await row.waitFor();
    return { fromNothing, stored: await paint() };
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const percentile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))];
const firstRuns = [];
for (let round = 0; round < rounds; round++) firstRuns.push(await firstRun());
say(
  'empty folder: from the choice of the toy to curves',
  firstRuns.map(({ curves }) => curves),
);
say(
  'empty folder: from the choice of the toy to samples',
  firstRuns.map(({ samples }) => samples),
);
for (const example of ['toy-ring', 'digits-dcgan']) {
  const results = [];
  for (let round = 0; round < rounds; round++) results.push(await training(example));
  say(
    'activation of the extension',
    results.map(({ activationMs }) => activationMs),
  );
  say(
    `${example}: from Start Training to curves that move`,
    results.map(({ movingMs }) => movingMs),
  );
  const seconds = results.flatMap((result) => result.seconds);
  const of = (key) => seconds.map((second) => second[key]);
  console.log(
    `${example}: event loop of the extension host late by ${percentile(of('p50Ms'), 0.5).toFixed(1)} ms in the middle, ` +
      `p99 of a second ${percentile(of('p99Ms'), 0.5).toFixed(1)} ms in the middle and ${Math.max(...of('p99Ms')).toFixed(1)} ms at most, ` +
      `at most ${Math.max(...of('maxMs')).toFixed(1)} ms, ${seconds.length} s of training`,
  );
}
const { fromNothing, stored } = await longRun();
say('1,000,000 steps: from a click to its curves, from nothing', [fromNothing]);
say('1,000,000 steps: from a click to its curves, as stored', [stored]);
