/** *Show Resolved*: the experiment in the editor with every default written out, as a read-only document. */
import { basename } from 'node:path';
import { commands, type Disposable, EventEmitter, languages, Uri, window, workspace } from 'vscode';
import { COMMANDS } from '../../shared/contributions';
import { experimentOf } from '../commands/targets';
import type { Host } from '../host';
import { showFailure } from '../offer';
import type { ExperimentService } from './experiment-service';
import { EXPERIMENT_DOCUMENTS } from './open-experiment-service';

const SCHEME = 'gan-resolved';

/** The tab is named after the experiment; the query holds the experiment's own URI. */
function resolvedUri(experiment: Uri): Uri {
  const name = basename(experiment.path).replace(/\.gan\.json$/i, '');
  return Uri.from({ scheme: SCHEME, path: `/${name}.resolved.json`, query: experiment.toString() });
}

function inEditor(): Uri | undefined {
  const document = window.activeTextEditor?.document;
  return document !== undefined && languages.match(EXPERIMENT_DOCUMENTS, document) > 0
    ? document.uri
    : undefined;
}

export function registerResolvedExperiment(host: Host, service: () => ExperimentService): Disposable[] {
  const changed = new EventEmitter<Uri>();

  const resolved = async (experiment: Uri): Promise<string> => {
    // Resolves the text in the editor, saved or not.
    const document = await workspace.openTextDocument(experiment);
    return service().resolvedText(document.getText(), experiment.fsPath);
  };
  const show = async (target: unknown): Promise<void> => {
    const file = experimentOf(target);
    const experiment = file === undefined ? inEditor() : Uri.file(file);
    if (experiment === undefined) return;
    try {
      // The editor would show a failure only as an empty tab, so resolve once before opening the document.
      await resolved(experiment);
      const uri = resolvedUri(experiment);
      changed.fire(uri);
      await window.showTextDocument(uri, { preview: true });
    } catch (error) {
      showFailure(host, error);
    }
  };
  return [
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: ({ query }) => resolved(Uri.parse(query)),
    }),
    commands.registerCommand(COMMANDS.showResolved, show),
  ];
}
