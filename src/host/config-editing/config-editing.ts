/** Editor support for experiment files beyond the schema that package.json contributes. */
import { type Disposable, Uri } from 'vscode';
import type { Host } from '../host';
import { ExperimentDiagnostics } from './experiment-diagnostics';
import { registerExperimentLenses } from './experiment-lenses';
import { experimentServiceOpener } from './open-experiment-service';
import { registerResolvedExperiment } from './resolved-experiment';
import { registerSchemaFiles } from './schema-files';

export function createConfigEditing(host: Host): Disposable[] {
  const service = experimentServiceOpener(host.extensionUri);
  const diagnostics = new ExperimentDiagnostics(host, service);
  host.training.events.on('ended', ({ state, request, runFolder }) => {
    if (state === 'failed' && request.type === 'start' && runFolder === undefined)
      void diagnostics.keep(Uri.file(request.experimentFile));
  });
  return [
    registerSchemaFiles(host.extensionUri),
    diagnostics,
    registerExperimentLenses(host.runs),
    ...registerResolvedExperiment(host, service),
  ];
}
