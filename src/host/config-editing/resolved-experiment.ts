/** *Show Resolved*: the experiment in the editor with every default written out, as a read-only document. */
import { basename } from 'node:path';
import { type Disposable, EventEmitter, languages, Uri, window, workspace } from 'vscode';
import { experimentOf } from '../commands/targets';
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

export class ResolvedExperiments implements Disposable {
  readonly #service: () => ExperimentService;
  readonly #changed = new EventEmitter<Uri>();
  readonly #provider: Disposable;

  constructor(service: () => ExperimentService) {
    this.#service = service;
    this.#provider = workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: ({ query }) => this.#resolve(Uri.parse(query)),
    });
  }

  /** Shows the experiment of a row or file, or else the one in the editor. */
  async show(target: unknown): Promise<void> {
    const file = experimentOf(target);
    const experiment = file === undefined ? inEditor() : Uri.file(file);
    if (experiment === undefined) return;
    // The editor would show a failure only as an empty tab, so resolve once before opening the document.
    await this.#resolve(experiment);
    const uri = resolvedUri(experiment);
    this.#changed.fire(uri);
    await window.showTextDocument(uri, { preview: true });
  }

  dispose(): void {
    this.#provider.dispose();
    this.#changed.dispose();
  }

  /** Resolves the text in the editor, saved or not. */
  async #resolve(experiment: Uri): Promise<string> {
    const document = await workspace.openTextDocument(experiment);
    return this.#service().resolvedText(document.getText(), experiment.fsPath);
  }
}
