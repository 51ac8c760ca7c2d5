/**
 * Tasks of type `gan`: commands of `gan` in a terminal, so that a pipeline in tasks.json can train, evaluate and export.
 * Problems of an experiment that the command prints are listed with the editor's own.
 */
import { relative, sep } from 'node:path';
import {
  type Disposable,
  env,
  ProcessExecution,
  Task,
  type TaskDefinition,
  tasks,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { languageOf } from '../../shared/language';
import { findExperiments } from '../experiments/runs-model';
import { findSweeps } from './find-sweeps';

const TYPE = 'gan';
const PROBLEM_MATCHER = '$gan';

/** As `taskDefinitions` in package.json declares it. */
interface GanTask extends TaskDefinition {
  readonly command: string;
  /** Experiment, sweep or run folder, relative to the workspace folder. */
  readonly target: string;
  readonly args?: readonly string[];
}

function isGanTask(definition: TaskDefinition): definition is GanTask {
  return typeof definition.command === 'string' && typeof definition.target === 'string';
}

function taskOf(extensionUri: Uri, folder: WorkspaceFolder, definition: GanTask): Task {
  const script = Uri.joinPath(extensionUri, 'dist', 'gan.cjs').fsPath;
  const { command, target, args = [] } = definition;
  const language = ['--lang', languageOf(env.language)];
  const argv = [script, ...language, ...command.split(' '), target, ...args];
  const execution = new ProcessExecution(process.execPath, argv, {
    cwd: folder.uri.fsPath,
    // The executable of the extension host may be the editor itself.
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  return new Task(definition, folder, `${command} ${target}`, TYPE, execution, PROBLEM_MATCHER);
}

/** The task that trains a file of the workspace, or goes on with a sweep; undefined outside of the workspace. */
export function taskFor(
  extensionUri: Uri,
  command: 'train' | 'sweep' | 'sweep resume',
  file: Uri,
  args: readonly string[] = [],
): Task | undefined {
  const folder = workspace.getWorkspaceFolder(file);
  if (folder === undefined) return undefined;
  const target = relative(folder.uri.fsPath, file.fsPath).split(sep).join('/');
  return taskOf(extensionUri, folder, {
    type: TYPE,
    command,
    target,
    ...(args.length === 0 ? {} : { args }),
  });
}

export function registerTasks(extensionUri: Uri): Disposable {
  return tasks.registerTaskProvider(TYPE, {
    async provideTasks() {
      const experiments = (await findExperiments()).map((file) => taskFor(extensionUri, 'train', file));
      const sweeps = (await findSweeps()).map((file) => taskFor(extensionUri, 'sweep', file));
      return [...experiments, ...sweeps].filter((task) => task !== undefined);
    },
    resolveTask({ definition, scope }) {
      const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
      if (folder === undefined || !isGanTask(definition)) return undefined;
      return taskOf(extensionUri, folder, definition);
    },
  });
}
