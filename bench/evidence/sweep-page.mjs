// Times of the page of a sweep with a thousand trials: `node bench/evidence/sweep-page.mjs [trials]` after
// `npm run package`. Eight parameters; a quarter of the trials goes on at each of two rungs. Reading and importance are
// measured in Node.js, the page in the browser of a VS Code: from an event to the second frame after it.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSource } from '../../scripts/load-source.mjs';
import { example, temporaryFolder } from './gan.mjs';
import { openedWorkbench } from './pages.mjs';

const count = Number(process.argv[2] ?? 1000);
const folder = temporaryFolder();
const REPEATS = 9;

const PARAMETERS = {
  'optimiser.generatorLearningRate': { from: 1e-4, to: 1e-2, by: 'log-uniform' },
  'optimiser.discriminatorLearningRate': { from: 1e-4, to: 1e-2, by: 'log-uniform' },
  'optimiser.beta1': { from: 0, to: 0.9 },
  'optimiser.beta2': { from: 0.9, to: 0.999 },
  'latent.size': { from: 8, to: 256, by: 'log-integer' },
  'data.batchSize': [32, 64, 128],
  objective: ['non-saturating', 'hinge', 'least-squares'],
  criticSteps: [1, 2, 3],
};

const core = await loadSource(`
  export { SweepReader } from './src/sweep/sweep-reader';
  export { SweepFolder } from './src/sweep/sweep-folder';
  export { importanceAt } from './src/sweep/importance';
  export { loadSweep } from './src/sweep/load-sweep';
  export { planOf } from './src/sweep/plan';
  export { proposedTrial } from './src/sweep/proposals';`);

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const say = (what, ms) => console.log(`${what}: ${ms.toFixed(ms < 10 ? 1 : 0)} ms`);

async function timed(work) {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

async function makeSweep() {
  cpSync(example('digits-dcgan'), join(folder, 'digits-dcgan.gan.json'));
  const file = join(folder, 'digits.gan-sweep.json');
  const text = {
    experiment: 'digits-dcgan.gan.json',
    parameters: PARAMETERS,
    trials: count,
    objective: 'fid',
  };
  writeFileSync(file, JSON.stringify(text));
  const sweep = await core.SweepFolder.create(
    join(folder, 'gan-runs'),
    core.planOf(file, await core.loadSweep(file)),
  );
  for (let number = 1; number <= count; number++) {
    const trial = core.proposedTrial(sweep.plan, number, []);
    const rungs = number % 16 === 0 ? 3 : number % 4 === 0 ? 2 : 1;
    const base = 40 + 300 * Math.abs(trial.point[0] - 0.6) + 60 * trial.point[4] + 20 * trial.point[7];
    const scores = Array.from({ length: rungs }, (_, rung) => ({
      step: 200 * 4 ** rung,
      value: base / (rung + 1),
    }));
    const value = scores.at(-1).value;
    const steps = scores.at(-1).step;
    const own = sweep.trialFolder(number);
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'trial.json'), JSON.stringify(trial));
    const state = {
      ...{ schemaVersion: 1, status: rungs === 3 ? 'completed' : 'pruned', attempts: 1, reached: steps },
      runs: [
        { seed: 0, run: `${String(number).padStart(5, '0')}-digits`, steps, seconds: steps / 10, value },
      ],
      ...{ scores, protocol: 'p', value },
    };
    writeFileSync(join(own, 'state.json'), JSON.stringify(state));
  }
  // By this the extension finds a folder of runs.
  writeFileSync(join(folder, 'gan-runs', '.gitignore'), '*\n');
  return sweep.path;
}

/** In the page: milliseconds from an event to the second frame after it. */
const inPage = (event) => `(async () => {
  const begin = performance.now();
  ${event}
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - begin;
})()`;

async function repeated(frame, what, eventAt) {
  const times = [];
  for (let index = 0; index < REPEATS; index++) times.push(await frame.evaluate(inPage(eventAt(index))));
  say(`${what}, median of ${REPEATS}`, median(times));
}

const path = await makeSweep();
const reader = await core.SweepReader.open(path);
say(`reading ${count} trials for the first time`, await timed(() => reader.read()));
say('looking again, nothing changed', await timed(() => reader.read()));
const view = await reader.read();
for (const at of [200, 'end'])
  say(`importance, compared at ${at}`, await timed(() => core.importanceAt(view, at)));
console.log(`message to the page: ${(JSON.stringify(view).length / 1e6).toFixed(2)} MB`);

const workbench = await openedWorkbench(folder);
try {
  await workbench.page.setViewportSize({ width: 1440, height: 1000 });
  await workbench.runCommand('GAN: Open Sweep');
  const row = workbench.page.locator('.quick-input-widget .monaco-list-row').first();
  await row.waitFor();
  const open = performance.now();
  await workbench.page.keyboard.press('Enter');
  const frame = await workbench.webview('tr.trial');
  say('from the choice of the sweep to its table', performance.now() - open);
  await frame.locator('.importance').waitFor({ state: 'attached' });
  await repeated(
    frame,
    'everything drawn again',
    (index) => `const select = document.querySelector('select.level');
      select.value = select.options[${index} % 2 + 1].value;
      select.dispatchEvent(new Event('change'));`,
  );
  // As the host sends them while the sweep runs; the trials between the first and the last are as before.
  await frame.evaluate((sweep) => {
    window.tell = (trial, changes) => {
      const trials = sweep.trials.map((one) => (one.trial === trial ? { ...one, ...changes } : one));
      const data = { protocol: 6, sequence: 0, message: { type: 'sweep', sweep: { ...sweep, trials } } };
      window.dispatchEvent(new MessageEvent('message', { data }));
    };
  }, view);
  await repeated(frame, 'a trial trains on', (index) => `window.tell(500, { steps: ${1000 + index} });`);
  await repeated(
    frame,
    'a trial ends',
    (index) => `window.tell(501, { status: 'completed', steps: 3200, value: ${60 + index},
      curve: [{ step: 200, value: ${80 + index} }, { step: 3200, value: ${60 + index} }] });`,
  );
  await repeated(
    frame,
    'a trial ends as the best so far',
    (index) => `window.tell(502, { status: 'completed', steps: 3200, value: ${9 - index / 10},
      curve: [{ step: 200, value: 80 }, { step: 3200, value: ${9 - index / 10} }] });`,
  );
  await repeated(
    frame,
    'an axis brushed',
    (index) => `document.querySelectorAll('.brush-end')[${index % 2 === 0 ? 1 : 0}]
      .dispatchEvent(new KeyboardEvent('keydown', { key: '${index % 2 === 0 ? 'ArrowDown' : 'ArrowUp'}' }));`,
  );
  await repeated(
    frame,
    'a line pointed at',
    (index) => `const axes = document.querySelector('svg.axes');
      const { left, top, width, height } = axes.getBoundingClientRect();
      axes.dispatchEvent(new PointerEvent('pointermove', {
        clientX: left + width * ${0.3 + index / 40}, clientY: top + height * ${0.3 + index / 40},
      }));`,
  );
} finally {
  await workbench.close();
}
