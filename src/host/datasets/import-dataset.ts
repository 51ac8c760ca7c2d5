/** *Import Dataset*: turns a folder of images into an experiment that suits them, and opens the page of its data. */
import { basename } from 'node:path';
import { l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { Length, Proposal } from '../../session/propose-experiment';
import { describeError, WorkbenchError } from '../../shared/errors';
import { chosenCompute } from '../chosen-compute';
import type { Host } from '../host';
import { offerFolder } from '../offer-folder';
import { aboutTime } from '../presets/estimate';
import { freeFile } from '../presets/preset-file';
import { timeSteps } from '../step-timer';
import { type Comments, experimentText } from './experiment-text';
import { firstInTime } from './first-in-time';
import { askHowToImport, type ImportAnswers } from './import-questions';
import { pictureFolder } from './picture-folder';

/** The folder contains nothing to train on. */
class NoPicturesError extends WorkbenchError {}

interface Found {
  readonly count: number;
  /** Names of the sub-folders that contain images. */
  readonly classes: readonly string[];
}

/** One to train on, one to hold out. */
const FEWEST = 2;

async function chooseFolder(target: unknown): Promise<Uri | undefined> {
  if (target instanceof Uri) return target;
  const chosen = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    title: l10n.t('Import Dataset'),
    openLabel: l10n.t('Import'),
  });
  return chosen?.[0];
}

async function lookInto(folder: string): Promise<Found> {
  const { scanFolder } = await import('../../data/images/scan-folder');
  const { labelsFromFolders } = await import('../../data/images/labels');
  const { files } = await scanFolder(folder);
  if (files.length < FEWEST)
    throw new NoPicturesError(
      files.length === 0
        ? l10n.t('There are no pictures in {0}.', folder)
        : l10n.t('There is only one picture in {0}.', folder),
      l10n.t('Choose a folder of PNG, JPEG, WebP, GIF, BMP, TIFF or SVG files; subfolders are included.'),
    );
  return { count: files.length, classes: labelsFromFolders(files.map(({ name }) => name)).names };
}

/** Counts files: whether each can be decoded is known only once the data is opened. */
export function commentsOn(
  name: string,
  { count }: Found,
  classes: number,
  { settings }: Proposal,
  seconds: number | undefined,
): Comments {
  return {
    data:
      classes === 0
        ? l10n.t('A GAN trained on {0}: {1} image files.', name, count.toLocaleString())
        : l10n.t(
            'A GAN trained on {0}: {1} image files in {2} classes.',
            name,
            count.toLocaleString(),
            classes,
          ),
    generator: l10n.t('Networks sized for your pictures.'),
    conditioning: l10n.t('Both networks receive the class label.'),
    augmentation:
      settings.augmentation === undefined
        ? undefined
        : l10n.t('Keeps the discriminator from memorising the pictures.'),
    length:
      seconds === undefined ? undefined : l10n.t('Training takes {0} on this machine.', aboutTime(seconds)),
    evaluation: l10n.t('Scores samples against held-out pictures and keeps the best checkpoint.'),
  };
}

/** Measures a step of the experiment on this machine; undefined if it cannot be measured. */
async function stepSeconds(
  { extensionUri, log }: Host,
  experiment: string,
  classes: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const [seconds] = await timeSteps(extensionUri, [{ experiment, classes, ...chosenCompute() }], {
      signal,
      onOutput: (text) => log.info(text.trimEnd()),
    });
    return seconds;
  } catch (error) {
    signal.throwIfAborted();
    log.warn(`The imported experiment was not timed: ${describeError(error)}`);
    return undefined;
  }
}

async function writeExperiment(
  host: Host,
  pictures: Uri,
  file: Uri,
  { found, answers, path }: { found: Found; answers: ImportAnswers; path: string },
  signal: AbortSignal,
): Promise<void> {
  const { proposeExperiments } = await import('../../session/propose-experiment');
  const { imageSize, labels } = answers;
  const classes = labels === 'folders' ? found.classes.length : 0;
  const textOf = (proposal: Proposal, length: Length, isMeasured: boolean): string =>
    experimentText(
      path,
      answers,
      proposal,
      length,
      commentsOn(
        basename(pictures.fsPath),
        found,
        classes,
        proposal,
        isMeasured ? length.seconds : undefined,
      ),
    );
  const text = await firstInTime(
    proposeExperiments({ count: found.count, imageSize, classes }),
    imageSize,
    textOf,
    (experiment) => stepSeconds(host, experiment, classes, signal),
  );
  signal.throwIfAborted();
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
}

export async function importDataset(host: Host, target: unknown): Promise<void> {
  const [workspaceFolder] = workspace.workspaceFolders ?? [];
  if (workspaceFolder === undefined) {
    await offerFolder();
    return;
  }
  const pictures = await chooseFolder(target);
  if (pictures === undefined) return;
  const name = basename(pictures.fsPath);
  const found = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Looking for pictures in {0}', name) },
    () => lookInto(pictures.fsPath),
  );
  const answers = await askHowToImport(found.classes);
  if (answers === undefined) return;
  const home = workspace.getWorkspaceFolder(pictures) ?? workspaceFolder;
  const file = await freeFile(home.uri, name.replace(/[^\p{L}\p{N}_-]+/gu, '-') || 'pictures');
  const isWritten = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Choosing settings and estimating training time'),
      cancellable: true,
    },
    async (_, cancellation) => {
      const abort = new AbortController();
      cancellation.onCancellationRequested(() => abort.abort());
      const plan = { found, answers, path: pictureFolder(home.uri.fsPath, pictures.fsPath) };
      try {
        await writeExperiment(host, pictures, file, plan, abort.signal);
        return true;
      } catch (error) {
        if (abort.signal.aborted) return false;
        throw error;
      }
    },
  );
  if (isWritten) await host.pages.dataset.show(file.fsPath);
}
