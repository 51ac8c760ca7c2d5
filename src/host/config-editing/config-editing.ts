/** What the editor adds to an experiment file beyond the schema that package.json contributes. */
import type { Disposable } from 'vscode';
import type { Host } from '../host';
import { ExperimentDiagnostics } from './experiment-diagnostics';
import { registerExperimentLenses } from './experiment-lenses';
import { experimentServiceOpener } from './open-experiment-service';
import { registerResolvedExperiment } from './resolved-experiment';

export function createConfigEditing(host: Host): Disposable[] {
  const service = experimentServiceOpener(host.extensionUri);
  return [
    new ExperimentDiagnostics(host, service),
    registerExperimentLenses(),
    ...registerResolvedExperiment(host, service),
  ];
}
