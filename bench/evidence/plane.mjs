// What the plane of a run on points costs: `node bench/evidence/plane.mjs [seconds]` after `npm run package`. First the
// worker, which trains examples/toy-ring while somebody watches and while nobody does, in turns; then the solver of the
// Wasserstein distances; then the page and the extension host in a VS Code, with every layer shown.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { createVSIX } from '@vscode/vsce';
import { loadSource } from '../../scripts/load-source.mjs';
import { example, temporaryFolder } from './gan.mjs';
import { openedWorkbench } from './pages.mjs';

const seconds = Number(process.argv[2] ?? 4);
const TURNS = 5;
const POINTS = 256;
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder();
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const percentile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))];

const experiment = join(folder, 'toy-ring.gan.json');
writeFileSync(
  experiment,
  readFileSync(example('toy-ring'), 'utf8').replace('"steps": 5000', '"steps": 1000000'),
);

async function worker() {
  const core = await loadSource(`
    export { loadExperiment } from './src/config/load';
    export { startSession } from './src/session/training-session';`);
  let step = 0;
  const live = [];
  const observer = {
    onProgress: (progress) => {
      step = progress.step;
    },
    onLiveSample: (sample) => live.push(serialize(sample).byteLength),
  };
  const session = await core.startSession({ experiment: await core.loadExperiment(experiment), observer });
  const running = session.run();
  const turn = async (isWatched) => {
    session.loop.watchSamples(isWatched);
    await delay(300);
    const [beganMs, first, seen] = [performance.now(), step, live.length];
    await delay(1000 * seconds);
    const passed = (performance.now() - beganMs) / 1000;
    return { steps: (step - first) / passed, samples: (live.length - seen) / passed };
  };
  await turn(true);
  const turns = { watched: [], alone: [] };
  for (let i = 0; i < TURNS; i++) {
    turns.alone.push(await turn(false));
    turns.watched.push(await turn(true));
  }
  session.loop.stop();
  await running;
  const of = (which, key) => median(turns[which].map((result) => result[key]));
  const [alone, watched, samples] = [of('alone', 'steps'), of('watched', 'steps'), of('watched', 'samples')];
  console.log(
    `worker: ${alone.toFixed(0)} steps/s alone and ${of('alone', 'samples')} samples/s; watched, ${watched.toFixed(0)} steps/s ` +
      `and ${samples.toFixed(1)} samples/s of ${(median(live) / 1000).toFixed(0)} kB, ` +
      `so one costs ${((1000 * (1 - watched / alone)) / samples).toFixed(1)} ms`,
  );
}

async function solver() {
  const { assign, Random } = await loadSource(`
    export { assign } from './src/evaluation/algebra/assignment';
    export { Random } from './src/random/random';`);
  const random = Random.seeded(1, 'plane');
  const times = Array.from({ length: 9 }, () => {
    const places = Array.from({ length: 4 * POINTS }, () => random.normal());
    const costs = Float64Array.from({ length: POINTS * POINTS }, (_, i) => {
      const [a, b] = [2 * Math.floor(i / POINTS), 2 * (POINTS + (i % POINTS))];
      return Math.hypot(places[a] - places[b], places[a + 1] - places[b + 1]);
    });
    const beganMs = performance.now();
    assign(costs, POINTS);
    return performance.now() - beganMs;
  });
  console.log(`assignment of ${POINTS} points: ${median(times).toFixed(1)} ms`);
}

/** Runs in the page for a while: milliseconds between frames, and changes of the picture. */
const WATCH_FRAMES = `new Promise((resolve) => {
  const canvas = document.querySelector('.sample canvas');
  const context = canvas.getContext('2d');
  const draw = context.drawImage.bind(context);
  let pictures = 0;
  context.drawImage = (...of) => { pictures++; draw(...of); };
  const times = [];
  const tick = (now) => {
    times.push(now);
    if (now - times[0] < ${1000 * seconds}) requestAnimationFrame(tick);
    else {
      delete context.drawImage;
      resolve({ between: times.slice(1).map((time, i) => time - times[i]), pictures });
    }
  };
  requestAnimationFrame(tick);
})`;

async function editor() {
  const companion = join(root, 'dist', 'test', 'event-loop-delay.vsix');
  mkdirSync(join(root, 'dist', 'test'), { recursive: true });
  await createVSIX({
    cwd: join(root, 'bench/evidence/event-loop-delay'),
    packagePath: companion,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  const place = join(folder, 'editor');
  mkdirSync(place);
  copyFileSync(experiment, join(place, 'toy-ring.gan.json'));
  // The tests' workbench reduces motion, where the plane changes once a second.
  mkdirSync(join(place, '.vscode'));
  writeFileSync(join(place, '.vscode', 'settings.json'), '{ "workbench.reduceMotion": "off" }');
  const lateness = join(folder, 'late.jsonl');
  const workbench = await openedWorkbench(place, {
    companion,
    environment: { GAN_WORKBENCH_EVENT_LOOP_FILE: lateness },
  });
  try {
    await workbench.runCommand('GAN: Start Training');
    const page = await workbench.webview('.section-head .step-label.live');
    const late = async (run) => {
      const before = existsSync(lateness) ? readFileSync(lateness, 'utf8').split('\n').length : 0;
      const result = await run();
      await delay(1000);
      const lines = readFileSync(lateness, 'utf8').trim().split('\n').slice(before);
      return { result, p99Ms: median(lines.map((line) => JSON.parse(line).p99Ms)) };
    };
    for (const [what, layers] of [
      ['default layers', []],
      ['all layers', ['Gradients', 'Manifold', 'Real density', 'Generated density']],
    ]) {
      for (const layer of layers) await page.getByRole('button', { name: layer, exact: true }).click();
      const { result, p99Ms } = await late(() => page.evaluate(WATCH_FRAMES));
      console.log(
        `${what}: a frame every ${median(result.between).toFixed(1)} ms in the middle, ${percentile(result.between, 0.95).toFixed(1)} ms ` +
          `at the 95th percentile, ${(result.pictures / seconds).toFixed(0)} pictures/s; event loop of the host late by ` +
          `${p99Ms.toFixed(1)} ms (p99 of a second)`,
      );
    }
    const slider = page.getByRole('slider', { name: 'Sample step' });
    await slider.press('Home');
    const { p99Ms } = await late(() => delay(1000 * seconds));
    console.log(`not watched: event loop of the host late by ${p99Ms.toFixed(1)} ms`);
  } finally {
    await workbench.close();
  }
}

await worker();
await solver();
await editor();
