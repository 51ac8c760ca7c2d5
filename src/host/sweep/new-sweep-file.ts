/** *Write Sweep File*: the beginning of a sweep beside an experiment, for those who have none. */
import { basename } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import { SWEEP_EXTENSION } from '../../shared/sweep-files';
import { pickExperiment } from '../commands/pick-experiment';
import { findExperiments } from '../experiments/runs-model';
import type { Host } from '../host';
import { offer } from '../offer';
import { freeFile } from '../presets/preset-file';

/** Says that there is no sweep, and offers to write one. */
export function offerSweepFile(host: Pick<Host, 'experimentService'>, message: string): void {
  const action = l10n.t('Write Sweep File');
  offer(window.showInformationMessage(message, action), { [action]: () => writeSweepFile(host) });
}

async function writeSweepFile({ experimentService }: Pick<Host, 'experimentService'>): Promise<void> {
  const experiment = await pickExperiment(await findExperiments(), l10n.t('Write Sweep File'));
  if (experiment === undefined) return;
  const text = (await workspace.openTextDocument(experiment)).getText();
  const { image } = await experimentService().describeData(text, experiment.fsPath);
  const file = await freeFile(
    Uri.joinPath(experiment, '..'),
    basename(experiment.fsPath, '.gan.json'),
    SWEEP_EXTENSION,
  );
  const score = image === undefined ? 'slicedWasserstein' : 'fid';
  await workspace.fs.writeFile(file, new TextEncoder().encode(sweepText(basename(experiment.fsPath), score)));
  await window.showTextDocument(file, { preview: false });
}

function sweepText(experiment: string, score: string): string {
  return `{
  // What is tried, and by which score trials are compared. Start it with the button above.
  "experiment": ${JSON.stringify(experiment)},
  "set": { "evaluation": { "every": 200, "metrics": ["${score}"] } },
  "parameters": {
    "optimiser.generatorLearningRate": { "from": 0.0005, "to": 0.008, "by": "log-uniform" }
  },
  "trials": 16,
  "objective": "${score}"
}
`;
}
