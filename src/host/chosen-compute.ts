/** What the user's settings say about how to compute; left out is what they leave to the experiment. */
import { workspace } from 'vscode';
import { SETTINGS } from '../shared/contributions';

export interface ChosenCompute {
  readonly threads?: number;
  /** Name of the engine for experiments that leave the choice open. */
  readonly engine?: string;
}

export function chosenCompute(): ChosenCompute {
  const settings = workspace.getConfiguration();
  const [threads, engine] = [SETTINGS.threads, SETTINGS.engine].map((key) => settings.get<unknown>(key));
  return {
    ...(typeof threads === 'number' ? { threads } : {}),
    ...(typeof engine === 'string' && engine !== 'auto' ? { engine } : {}),
  };
}
