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
import type { TrainingObserver } from '../training/job';
import { EXIT } from './command';
import type { Output } from './output';
import { showProgress } from './progress';
import { onStopSignal, QUIT_HINT } from './stop-signals';

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
        ? `\nStopping. ${QUIT_HINT}`
        : `\nStopping after this step and saving a checkpoint. ${QUIT_HINT}`,
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
    output.emit({ type: 'end', ...end, folder: session.folder, ...artefacts });
    output.say(
      `${end.status === 'completed' ? 'Done' : 'Stopped'} at step ${end.step}.${end.reason === undefined ? '' : ` ${end.reason}`}`,
    );
    if (artefacts.sample !== undefined) output.say(`Samples:    ${artefacts.sample}`);
    if (artefacts.lossPlot !== undefined) output.say(`Losses:     ${artefacts.lossPlot}`);
    if (artefacts.checkpoint !== undefined) output.say(`Checkpoint: ${artefacts.checkpoint}`);
    process.exitCode = interrupted ? EXIT.interrupted : EXIT.done;
  } catch (error) {
    if (!(error instanceof ImportCancelledError)) throw error;
    output.warn('Stopped before the first step. No run was created or changed.');
    process.exitCode = EXIT.interrupted;
  } finally {
    display.stop();
    ignoreSignals();
    if (session !== undefined && existsSync(session.folder)) output.say(`Run folder: ${session.folder}`);
  }
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
