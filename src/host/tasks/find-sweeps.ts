/** The sweep files of the workspace. */
import { type Uri, workspace } from 'vscode';
import { RUNS_FOLDER } from '../../shared/run-format';

const SWEEP_FILES = '**/*.gan-sweep.json';
const NOT_SEARCHED = `**/{node_modules,${RUNS_FOLDER}}/**`;

export async function findSweeps(): Promise<Uri[]> {
  const files = await workspace.findFiles(SWEEP_FILES, NOT_SEARCHED);
  return files.sort((a, b) => a.path.localeCompare(b.path));
}
