/** Trains a session from the command line: handles signals, shows progress and prints the result. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ImportCancelledError } from '../data/packed/make-pack';
import { LossCurves, lossPlotPng } from '../pictures/loss-plot';
import { checkpointPath, checkpointSteps } from '../run-folder/checkpoints';
import { sampleSteps } from '../run-folder/sample-files';
import { readStepRecords } from '../session/stored-run';
import type { TrainingSession } from '../session/training-session';
import { RUN_FILES, stepFileName } from '../shared/run-format';
import type { TrainingEnd, TrainingObserver } from '../training/job';
import { EXIT } from './command';
import type { Output } from './output';
import { showProgress } from './progress';
import { onStopSignal, quitHint } from './stop-signals';
import { t, translated } from './texts';

/** File name of the loss curves in the run folder. */
const LOSS_PLOT = 'losses.png';

/** Opens a session with `open`, trains it and sets the exit status. The last line printed is the run folder. */
export async function runToEnd(
  output: Output,
  open: (observer: TrainingObserver, signal: AbortSignal) => Promise<TrainingSession>,
): Promise<void> {
  const display = showProgress(output);
  const opening = new AbortController();
  let session: TrainingSession | undefined;
  let interrupted = false;
  const ignoreSignals = onStopSignal(() => {
    interrupted = true;
    output.warn(
      session === undefined
        ? `\n${t('Stopping.')} ${quitHint()}`
        : `\n${t('Stopping after this step and saving a checkpoint.')} ${quitHint()}`,
    );
    opening.abort();
    session?.loop.stop('signal');
  });
  try {
    session = await open(display.observer, opening.signal);
    output.emit({ type: 'run', folder: session.folder });
    if (interrupted) session.loop.stop('signal');
    const end = await session.run();
    display.stop();
    const artefacts = await describe(session.folder);
    const { said: _, ...told } = end;
    output.emit({ type: 'end', ...told, folder: session.folder, ...artefacts });
    output.say(endText(end));
    if (artefacts.sample !== undefined) output.say(t('Samples:    {0}', artefacts.sample));
    if (artefacts.lossPlot !== undefined) output.say(t('Losses:     {0}', artefacts.lossPlot));
    if (artefacts.checkpoint !== undefined) output.say(t('Checkpoint: {0}', artefacts.checkpoint));
    process.exitCode = interrupted ? EXIT.interrupted : EXIT.done;
  } catch (error) {
    if (!(error instanceof ImportCancelledError)) throw error;
    output.warn(t('Stopped before the first step. No run was created or changed.'));
    process.exitCode = EXIT.interrupted;
  } finally {
    display.stop();
    ignoreSignals();
    if (session !== undefined && existsSync(session.folder)) output.say(t('Run folder: {0}', session.folder));
  }
}

export function endText({ status, step, reason, said }: TrainingEnd): string {
  const ended = status === 'completed' ? t('Done at step {0}.', step) : t('Stopped at step {0}.', step);
  return reason === undefined ? ended : `${ended} ${translated(said, reason)}`;
}

/** Returns the newest sample, the newest checkpoint, and a new plot of the loss curves. */
async function describe(
  folder: string,
): Promise<{ sample?: string; checkpoint?: string; lossPlot?: string }> {
  const sample = (await sampleSteps(folder)).at(-1);
  const checkpoint = (await checkpointSteps(folder)).at(-1);
  const lossPlot = await plotLosses(folder);
  return {
    ...(sample === undefined ? {} : { sample: join(folder, RUN_FILES.samples, stepFileName(sample, 'png')) }),
    ...(checkpoint === undefined ? {} : { checkpoint: checkpointPath(folder, checkpoint) }),
    ...(lossPlot === undefined ? {} : { lossPlot }),
  };
}

/** Returns undefined if the run has no records. */
async function plotLosses(folder: string): Promise<string | undefined> {
  const curves = new LossCurves();
  for await (const records of readStepRecords(folder)) for (const record of records) curves.add(record);
  if (curves.lastStep === 0) return undefined;
  const file = join(folder, LOSS_PLOT);
  await writeFile(file, await lossPlotPng(curves, basename(folder)));
  return file;
}
