/** The thread count from the user's settings; undefined if they leave it to the experiment. */
import { workspace } from 'vscode';
import { SETTINGS } from '../shared/contributions';

export function chosenThreads(): number | undefined {
  const threads = workspace.getConfiguration().get<unknown>(SETTINGS.threads);
  return typeof threads === 'number' ? threads : undefined;
}
