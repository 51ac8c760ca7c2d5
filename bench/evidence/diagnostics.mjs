// Provokes each failure deliberately with the experiments in test/provocations and reports which rule fired at which
// step; the table in docs/measurements.md is written from it. A provocation is named after the rule that it should
// trigger.
//   node bench/evidence/diagnostics.mjs [name…]            trains the named provocations, or all of them
//   node bench/evidence/diagnostics.mjs --presets FOLDER   judges the finished preset runs in FOLDER, for the table
//   node bench/evidence/diagnostics.mjs --replay FOLDER…   judges runs, or folders of runs, and writes nothing
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSource } from '../../scripts/load-source.mjs';
import { ganThatMayFail, metrics, runFolder, temporaryFolder } from './gan.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PROVOCATIONS = join(root, 'test', 'provocations');
const RESULTS = join(root, 'docs', 'diagnostics.json');
const MEASUREMENTS = join(root, 'docs', 'measurements.md');
const [BEGIN, END] = ['<!-- diagnostics: begin -->', '<!-- diagnostics: end -->'];
const SUFFIX = '.gan.json';

const experiments = (folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => basename(file, SUFFIX))
    .sort();

const CORE = `export { RunDiagnostics } from './src/diagnostics/run-diagnostics';
export { ruleContext } from './src/diagnostics/rule-context';
export { parseStoredConfig } from './src/config/stored';`;
let core;

const [mode, ...rest] = process.argv.slice(2);
if (mode === '--replay') for (const run of rest.flatMap(runsIn)) tell(basename(run), await judged(run));
else if (mode === '--presets') await judgePresets(rest[0]);
else train(process.argv.slice(2));

function train(names) {
  const known = experiments(PROVOCATIONS);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no provocation ${unknown}; there are ${known.join(', ')}.`);
  const out = temporaryFolder();
  for (const name of names.length === 0 ? known : names) {
    const file = join(PROVOCATIONS, `${name}${SUFFIX}`);
    // Some provocations are meant to end in NaN.
    const records = metrics(runFolder(ganThatMayFail('train', file, '--threads', '1', '--out', out)));
    const result = summary(records);
    tell(name, result);
    keep('provocations', name, result);
  }
}

async function judgePresets(folder) {
  const presets = experiments(join(root, 'examples'));
  for (const name of presets) {
    const run = runsIn(folder).findLast(
      (path) => path.endsWith(`-${name}`) && json(join(path, 'run.json')).status === 'completed',
    );
    if (run === undefined) continue;
    const result = await judged(run);
    tell(name, result);
    keep('presets', name, result);
  }
}

/** Applies the current rules to the records of a run. */
async function judged(run) {
  core ??= loadSource(CORE);
  const { RunDiagnostics, ruleContext, parseStoredConfig } = await core;
  const config = parseStoredConfig(json(join(run, 'config.json')), run);
  const context = ruleContext(config, config.data.source === 'points2d' ? 'points' : 'images');
  const watch = new RunDiagnostics({ context, shape: { kind: 'points', dimensions: 2 }, reference: {} });
  const records = metrics(run).filter(({ type }) => type !== 'finding');
  return summary(records.flatMap((record) => [record, ...watch.replay(record)]));
}

function summary(records) {
  const steps = records.filter(({ type }) => type === 'step');
  const findings = records.filter(({ type }) => type === 'finding').map(({ rule, step }) => ({ rule, step }));
  const first = findings.filter((one, i) => findings.findIndex(({ rule }) => rule === one.rule) === i);
  return { steps: steps.at(-1)?.step ?? 0, findings: first };
}

function tell(name, { steps, findings }) {
  console.log(`${name} (${steps} steps): ${foundText(findings)}`);
}

function foundText(findings) {
  return findings.map(({ rule, step }) => `${rule} at ${step}`).join(', ') || 'nothing';
}

function runsIn(folder) {
  if (existsSync(join(folder, 'metrics.jsonl'))) return [folder];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, 'metrics.jsonl')));
}

function json(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function keep(kind, name, result) {
  const all = { provocations: {}, presets: {}, ...(existsSync(RESULTS) ? json(RESULTS) : {}) };
  all[kind][name] = result;
  writeFileSync(RESULTS, `${JSON.stringify(all, undefined, 2)}\n`);
  writeFileSync(MEASUREMENTS, withTables(readFileSync(MEASUREMENTS, 'utf8'), all));
}

function withTables(page, { provocations, presets }) {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`docs/measurements.md has no ${BEGIN} … ${END}`);
  const rows = (results) =>
    Object.entries(results)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, { steps, findings }]) => `| \`${name}\` | ${steps} | ${foundText(findings)} |`);
  const text = [
    '',
    '| made on purpose | steps | found |\n|---|---:|---|',
    ...rows(provocations),
    '',
    '| preset | steps | found |\n|---|---:|---|',
    ...rows(presets),
    '',
  ].join('\n');
  return `${page.slice(0, begin + BEGIN.length)}${text}${page.slice(end)}`;
}
