/**
 * *Export Samples…*: saves the sample grid of a run's best step, or of the newest if it has no scores, as an image at a
 * location that the user chooses.
 */
import { basename, dirname, join } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import { RUN_FILES, stepFileName } from '../../shared/run-format';
import type { Host } from '../host';
import { countText } from '../quantities';
import { tellSaved } from '../saved-file';
import { scoreTitle } from '../score-texts';
import { runFolderFor } from './run-target';

export async function exportSamples(host: Host, target: unknown): Promise<void> {
  const title = l10n.t('Export Samples');
  const runFolder = await runFolderFor(host, target, title);
  if (runFolder === undefined) return;
  const { nearestStep, sampleSteps } = await import('../../run-folder/sample-files');
  const { pathInRun } = await import('../../run-folder/path-in-run');
  const { best } = host.runs.scoreLook(runFolder);
  const step = nearestStep(await sampleSteps(runFolder), best?.step);
  if (step === undefined) {
    void window.showInformationMessage(l10n.t('{0} has no samples yet.', basename(runFolder)));
    return;
  }
  // Next to the `gan-runs` folder: only the run itself writes in a run folder.
  const besideRuns = join(dirname(dirname(runFolder)), `${basename(runFolder)}-samples-step-${step}.png`);
  const file = await window.showSaveDialog({
    title,
    defaultUri: Uri.file(besideRuns),
    filters: { [l10n.t('PNG image')]: ['png'] },
  });
  if (file === undefined) return;
  const picture = Uri.file(await pathInRun(runFolder, RUN_FILES.samples, stepFileName(step, 'png')));
  // The dialog has already asked whether to overwrite an existing file.
  await workspace.fs.copy(picture, file, { overwrite: true });
  const name = basename(file.fsPath);
  const said =
    best === undefined
      ? l10n.t('Saved the samples of step {0} as {1}.', countText(step), name)
      : l10n.t(
          'Saved the samples of step {0} as {1}. The best step by {2} is {3}.',
          countText(step),
          name,
          scoreTitle(best.kind),
          countText(best.step),
        );
  const { classesNumberedIn } = await import('../../runs/numbered-classes');
  const numbered = await classesNumberedIn(picture.fsPath);
  const legend =
    numbered.length === 0 ? [] : [l10n.t('Names that the picture shows by number: {0}', numbered.join(', '))];
  await tellSaved([said, ...legend].join(' '), file);
}
