/** Exports a run into a file store of MLflow: parameters, metrics with their steps, and artifacts. */
import { createHash } from 'node:crypto';
import { appendFile, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jsonText } from '../run-folder/json-file';
import { pathInRun } from '../run-folder/path-in-run';
import { readRunRecord } from '../run-folder/run-record';
import { sampleSteps } from '../run-folder/sample-files';
import { flatten } from '../shared/config-rows';
import { formatText } from '../shared/localizable-text';
import { engineText } from '../shared/provenance';
import { isLive, RUN_FILES, type RunRecord, stepFileName } from '../shared/run-format';
import type { ExportContext, Exporter } from './exporter';
import { numbersOf, recordParts } from './records';
import { StepClock } from './step-clock';

/** MLflow's numbers of statuses. */
const STATUS = { running: 1, finished: 3, failed: 4, killed: 5 } as const;
/** Of a source that is neither a notebook nor a project. */
const LOCAL_SOURCE = 4;
/** Longer values are refused by MLflow. */
const MAX_VALUE = 6000;

export const exportMlflow: Exporter = async (context, place) => {
  const { runFolder, config, path } = context;
  const record = await readRunRecord(runFolder);
  const experiment = idOf(18, record.experimentFile);
  const run = idOf(32, record.id, record.createdAt);
  const experimentFolder = join(place, experiment);
  const folder = join(experimentFolder, run);
  for (const part of ['params', 'metrics', 'tags', 'artifacts'])
    await mkdir(join(folder, part), { recursive: true });
  const at = (...parts: string[]): string => pathToFileURL(join(path, experiment, ...parts)).href;
  await writeFile(join(experimentFolder, 'meta.yaml'), yaml(experimentFacts(record, experiment, at())));
  await writeFile(join(folder, 'meta.yaml'), yaml(runFacts(record, experiment, run, at(run, 'artifacts'))));
  for (const [name, value] of flatten(config, ''))
    await writeFile(join(folder, 'params', fileName(name)), value.slice(0, MAX_VALUE));
  for (const [name, value] of Object.entries(tagsOf(record)))
    await writeFile(join(folder, 'tags', name), value);
  await writeMetrics(context, Date.parse(record.createdAt), join(folder, 'metrics'));
  await writeArtifacts(context, join(folder, 'artifacts'));
};

/** MLflow's ids are digits and hexadecimal digits; the same run has the same ones. */
function idOf(length: 18 | 32, ...parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\0')).digest('hex');
  return length === 32
    ? hash.slice(0, 32)
    : BigInt(`0x${hash.slice(0, 14)}`)
        .toString()
        .padStart(18, '1');
}

function experimentFacts({ experiment, createdAt }: RunRecord, id: string, location: string) {
  return {
    artifact_location: location,
    creation_time: Date.parse(createdAt),
    experiment_id: id,
    last_update_time: Date.parse(createdAt),
    lifecycle_stage: 'active',
    name: experiment,
  };
}

function runFacts(record: RunRecord, experiment: string, id: string, artifacts: string) {
  return {
    artifact_uri: artifacts,
    end_time: Date.parse(record.updatedAt),
    entry_point_name: '',
    experiment_id: experiment,
    lifecycle_stage: 'active',
    run_id: id,
    run_name: record.id,
    run_uuid: id,
    source_name: '',
    source_type: LOCAL_SOURCE,
    source_version: '',
    start_time: Date.parse(record.createdAt),
    status: statusOf(record),
    user_id: '',
  };
}

function statusOf({ status }: RunRecord): number {
  if (isLive(status)) return STATUS.running;
  if (status === 'completed') return STATUS.finished;
  return status === 'failed' ? STATUS.failed : STATUS.killed;
}

/** Strings of JSON are strings of YAML. */
function yaml(facts: Readonly<Record<string, string | number>>): string {
  return `${Object.entries(facts)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join('\n')}\ntags: []\n`;
}

function tagsOf({ id, versions, engine, host, data, git, parent }: RunRecord): Record<string, string> {
  return {
    'mlflow.runName': id,
    'gan-workbench.version': versions.workbench,
    'gan-workbench.engine': formatText(engineText(engine.version, engine.threads)),
    'gan-workbench.host': `${host.name}, ${host.platform}, ${host.cpu}`,
    // The name by which MLflow itself knows it.
    ...(git?.commit === undefined ? {} : { 'mlflow.source.git.commit': git.commit }),
    ...(git?.branch === undefined ? {} : { 'mlflow.source.git.branch': git.branch }),
    ...(git === undefined ? {} : { 'gan-workbench.changes': git.changes }),
    ...(parent === undefined ? {} : { 'gan-workbench.parent': `${parent.run}, step ${parent.step}` }),
    ...(data?.fingerprint === undefined ? {} : { 'gan-workbench.data': data.fingerprint }),
  };
}

/** Names of parameters may not have brackets. */
function fileName(name: string): string {
  return name.replaceAll(/\[(\d+)\]/g, '.$1');
}

/** A name in the records of a run from elsewhere could lead out of the folder. */
function isFileName(part: string): boolean {
  return /^[\w. -]*[\w-]$/.test(part);
}

/** Each metric is a file of lines: milliseconds, value, step. */
async function writeMetrics({ runFolder }: ExportContext, begun: number, folder: string): Promise<void> {
  const clock = new StepClock(begun / 1000);
  for await (const part of recordParts(runFolder)) {
    const lines = new Map<string, string>();
    for (const record of part) {
      if (record.type === 'step') clock.add(record);
      for (const [name, value] of numbersOf(record)) {
        if (!name.split('/').every(isFileName)) continue;
        const line = `${Math.round(1000 * clock.at(record.step))} ${value} ${record.step}\n`;
        lines.set(name, (lines.get(name) ?? '') + line);
      }
    }
    for (const [name, text] of lines) {
      const file = join(folder, ...name.split('/'));
      await mkdir(dirname(file), { recursive: true });
      await appendFile(file, text);
    }
  }
}

async function writeArtifacts({ runFolder, config, report }: ExportContext, folder: string): Promise<void> {
  await writeFile(join(folder, 'config.json'), jsonText(config));
  await mkdir(join(folder, 'samples'));
  const steps = await sampleSteps(runFolder);
  for (const [i, step] of steps.entries()) {
    const name = stepFileName(step, 'png');
    await copyFile(await pathInRun(runFolder, RUN_FILES.samples, name), join(folder, 'samples', name));
    report(i + 1, steps.length);
  }
}
