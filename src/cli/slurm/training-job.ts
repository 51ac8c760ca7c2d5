/** A training as a batch job of Slurm: submitted here, and trained by its task, which may end and begin again. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { experimentName, type LoadedExperiment, parseExperiment } from '../../config/load';
import { startSession } from '../../session/training-session';
import { RUN_SCHEMA_VERSION, RUNS_FOLDER } from '../../shared/run-format';
import { batchScript } from '../../slurm/batch-script';
import { JobFolder } from '../../slurm/job-folder';
import { type Resources, slurmOptions } from '../../slurm/options';
import { slurmPlace, submitScript } from '../../slurm/slurm';
import { writeFileDurably } from '../../storage/durable-file';
import { resumeRun } from '../commands/resume';
import type { Output } from '../output';
import { runToEnd } from '../run-to-end';
import { t } from '../texts';

/** Returns once the job is submitted. Throws `SlurmError`, `StorageError`. */
export async function submitTraining(
  output: Output,
  { config, file, name }: LoadedExperiment,
  overrides: readonly string[],
  resources: Resources,
  out?: string,
): Promise<void> {
  const [, program = ''] = process.argv;
  const options = slurmOptions.parse(resources);
  const threads = config.engine.threads === 'auto' ? [`engine.threads=${options.cpus}`] : [];
  const job = await JobFolder.create(out ?? join(dirname(file), RUNS_FOLDER), name, {
    schemaVersion: RUN_SCHEMA_VERSION,
    experimentFile: file,
    experimentText: await readFile(file, 'utf8'),
    overrides: [...overrides, ...threads],
    createdAt: new Date().toISOString(),
  });
  await writeFileDurably(
    job.script,
    batchScript({
      name: `gan-${name}`,
      purpose: `Trains ${file}, or goes on with the run that it has begun. Written by gan train.`,
      command: [process.execPath, program, 'train', 'work', job.path],
      outputFolder: job.path,
      options,
    }),
  );
  const number = await submitScript(job.script);
  await job.addJob(number);
  output.emit({ type: 'slurmJob', job: number, tasks: 1, script: job.script });
  output.say(t('Submitted job {0}: {1}', number, job.script));
  output.say(t('Its run appears in {0}. To cancel it: {1}', job.runsFolder, `scancel ${number}`));
}

/** Trains as the task of a job: begins its run, or resumes it. Throws `RunFolderError` if the folder is no job. */
export async function trainJob(output: Output, folder: string): Promise<void> {
  const job = await JobFolder.open(folder);
  const place = slurmPlace(process.env);
  // A script may also have been submitted by hand.
  if (place !== undefined) await job.addJob(Number.parseInt(place.job, 10));
  const run = await job.run();
  if (run !== undefined) {
    await resumeRun(output, run, {});
    return;
  }
  const { experimentText, experimentFile, overrides } = job.plan;
  await runToEnd(output, (observer, signal) =>
    startSession({
      experiment: {
        config: parseExperiment(experimentText, experimentFile, overrides),
        file: experimentFile,
        baseFolder: dirname(experimentFile),
        name: experimentName(experimentFile),
      },
      runsFolder: job.runsFolder,
      batchJob: job.name,
      observer,
      signal,
    }),
  );
}
