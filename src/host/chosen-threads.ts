/** What the person's settings say of threads; undefined where that is left to the experiment. */
import { workspace } from 'vscode';
import { SETTINGS } from '../shared/contributions';

export function chosenThreads(): number | undefined {
  const threads = workspace.getConfiguration().get<unknown>(SETTINGS.threads);
  return typeof threads === 'number' ? threads : undefined;
}
