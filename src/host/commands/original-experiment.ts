/** What a run was trained from, as the start of a new experiment. */
import { basename, dirname } from 'node:path';
import { Uri, workspace } from 'vscode';

interface Original {
  readonly text: string;
  readonly folder: string;
  /** Without the extension. */
  readonly name: string;
}

/** The run's experiment or, if it was deleted or the run was changed while it trained, the configuration of the run. */
export async function originalExperiment(runFolder: string): Promise<Original> {
  const { readRunRecord } = await import('../../run-folder/run-record');
  const { findExperiment } = await import('../../run-folder/locate-experiment');
  const record = await readRunRecord(runFolder);
  const file = await findExperiment(runFolder, record);
  const { readConfigJson, readInterventions } = await import('../../run-folder/interventions');
  const wasChanged = (await readInterventions(runFolder)).some(({ type }) => type === 'change');
  const text =
    file === undefined || wasChanged
      ? JSON.stringify(await readConfigJson(runFolder), undefined, 2)
      : new TextDecoder().decode(await workspace.fs.readFile(Uri.file(file)));
  return {
    text,
    folder: file === undefined ? dirname(dirname(runFolder)) : dirname(file),
    name: file === undefined ? record.experiment : basename(file).replace(/\.gan\.json$/i, ''),
  };
}
