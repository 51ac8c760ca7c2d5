/** `gan resume RUN`: resumes a run from its newest checkpoint, or from an older one as a new run. */
import { resolve } from 'node:path';
import { loadExperiment } from '../../config/load';
import { assertResumable, changeStoredConfig, withSteps } from '../../config/stored';
import { locateExperiment } from '../../run-folder/locate-experiment';
import { readRunRecord } from '../../run-folder/run-record';
import { readConfigAt, readStoredConfig } from '../../session/stored-run';
import { resumeSession } from '../../session/training-session';
import { localizable } from '../../shared/localizable-text';
import { type RunRecord, stepOfFileName } from '../../shared/run-format';
import type { GanCommand } from '../command';
import { integerOption, repeated, requireRun, UsageError } from '../command';
import type { Output } from '../output';
import { endText, runToEnd } from '../run-to-end';
import { t } from '../texts';

interface ResumeOptions {
  readonly from?: string;
  readonly steps?: number;
  readonly set?: readonly string[];
  readonly config?: string;
  readonly json?: boolean;
}

export const resume: GanCommand = {
  name: 'resume',
  define(command, { output }) {
    command
      .description(t('Resume a run.'))
      .argument('<run>', t('run folder'))
      .option('--from <checkpoint>', t('resume from this checkpoint (step or file; 0 restarts) as a new run'))
      .option('--steps <n>', t('total number of training steps'), integerOption('--steps', 1))
      .option(
        '--set <key=value>',
        t('override a key of length, logging, evaluation or engine; with --from, any key (repeatable)'),
        repeated,
      )
      .option(
        '--config <file>',
        t('take these keys from an experiment file; all other keys must match the run, except with --from'),
      )
      .option('--json', t('print one JSON object per line'))
      .action(async (run: string, options: ResumeOptions) => {
        output.json = options.json === true;
        const runFolder = resolve(run);
        await requireRun(runFolder);
        await resumeRun(output, runFolder, options);
      });
  },
};

/** Resumes a run as its options say, and trains it to the end. Sets the exit status. */
export async function resumeRun(output: Output, runFolder: string, options: ResumeOptions): Promise<void> {
  const record = await readRunRecord(runFolder);
  const fromStep = options.from === undefined ? undefined : checkpointStep(options.from);
  const stored =
    fromStep === undefined ? await readStoredConfig(runFolder) : await readConfigAt(runFolder, fromStep);
  const overrides = [
    ...(options.set ?? []),
    ...(options.steps === undefined ? [] : [`length.steps=${options.steps}`]),
  ];
  const config =
    options.config === undefined
      ? changeStoredConfig(withSteps(stored, record.totalSteps), overrides)
      : (await loadExperiment(options.config, overrides)).config;
  if (isOver(record, options)) {
    tellOver(output, runFolder, record);
    return;
  }
  // A new run may change any setting; it records the differences from its parent.
  if (fromStep === undefined) assertResumable(stored, config);
  await runToEnd(output, async (observer, signal) =>
    resumeSession({
      runFolder,
      config,
      experimentFile: await locateExperiment(runFolder, record),
      experimentName: record.experiment,
      ...(fromStep === undefined ? {} : { fromStep }),
      observer,
      signal,
    }),
  );
}

/** Ended early by itself: it only continues if the options ask for something new. */
function isOver({ status, ending }: RunRecord, { from, steps, set, config }: ResumeOptions): boolean {
  const isPlain = [from, steps, set, config].every((option) => option === undefined);
  return isPlain && status === 'completed' && ending !== undefined && ending.kind !== 'length';
}

/** Reports the same end with the same exit status, so that a script that restarts runs terminates as well. */
function tellOver(output: Output, folder: string, { step, ending }: RunRecord): void {
  const { reason, said } = ending ?? {};
  output.emit({
    type: 'end',
    status: 'completed',
    step,
    ...(reason === undefined ? {} : { reason }),
    folder,
  });
  output.say(
    endText({
      status: 'completed',
      step,
      ...(reason === undefined ? {} : { reason }),
      ...(said === undefined ? {} : { said }),
    }),
  );
  output.say(t('To train on, set --steps, or change what ended it with --set evaluation.…'));
  output.say(t('Run folder: {0}', folder));
}

function checkpointStep(text: string): number {
  const step = /^\d+$/.test(text) ? Number(text) : stepOfFileName(text.split(/[\\/]/).at(-1) ?? '');
  if (step === undefined)
    throw new UsageError(
      localizable('--from is {0}, which is neither a step nor a checkpoint file.', JSON.stringify(text)),
      localizable('Pass a step, e.g. 500, or a file, e.g. checkpoints/step-00000500.safetensors.'),
    );
  return step;
}
