/** Loads the bundle that understands experiments, once, when it is first needed. */
import { createRequire } from 'node:module';
import { type DocumentSelector, Uri } from 'vscode';
import type { ExperimentService } from './experiment-service';

export const EXPERIMENT_DOCUMENTS: DocumentSelector = { scheme: 'file', pattern: '**/*.gan.json' };

/** A function that loads the service when it is first called. */
export function experimentServiceOpener(extensionUri: Uri): () => ExperimentService {
  let opened: ExperimentService | undefined;
  return () => {
    const file = Uri.joinPath(extensionUri, 'dist', 'experiment-service.cjs').fsPath;
    opened ??= createRequire(import.meta.url)(file);
    if (opened === undefined) throw new Error(`${file} is empty`);
    return opened;
  };
}
