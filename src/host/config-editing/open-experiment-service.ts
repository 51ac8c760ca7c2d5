/** Loads the bundle that parses experiments, once, on first use. */
import { createRequire } from 'node:module';
import { type DocumentSelector, Uri } from 'vscode';
import type { ExperimentService } from './experiment-service';

export const EXPERIMENT_DOCUMENTS = { scheme: 'file', pattern: '**/*.gan.json' } as const;
export const SWEEP_DOCUMENTS = { scheme: 'file', pattern: '**/*.gan-sweep.json' } as const;
/** Files whose problems are listed. */
export const CHECKED_DOCUMENTS: DocumentSelector = [EXPERIMENT_DOCUMENTS, SWEEP_DOCUMENTS];

/** Returns a function that loads the service on its first call. */
export function experimentServiceOpener(extensionUri: Uri): () => ExperimentService {
  let opened: ExperimentService | undefined;
  return () => {
    const file = Uri.joinPath(extensionUri, 'dist', 'experiment-service.cjs').fsPath;
    opened ??= createRequire(import.meta.url)(file);
    if (opened === undefined) throw new Error(`${file} is empty`);
    return opened;
  };
}
