/** Editor support for experiment files beyond the schema that package.json contributes. */
import { type Disposable, Uri } from 'vscode';
import type { Services } from '../host';
import { ExperimentDiagnostics } from './experiment-diagnostics';
import { registerExperimentLenses } from './experiment-lenses';
import { registerSchemaFiles } from './schema-files';

export function createConfigEditing(services: Services): Disposable[] {
  const diagnostics = new ExperimentDiagnostics(services, services.experimentService);
  services.training.events.on('ended', ({ state, request, runFolder }) => {
    if (state === 'failed' && request.type === 'start' && runFolder === undefined)
      void diagnostics.keep(Uri.file(request.experimentFile));
  });
  return [registerSchemaFiles(services.extensionUri), diagnostics, registerExperimentLenses(services.runs)];
}
