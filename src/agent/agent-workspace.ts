/**
 * The folders open to an assistant, and the experiments and runs in them. Names are looked up inside these folders; a path
 * that leads out of them is refused.
 */
import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { runNumber } from '../run-folder/create-folder';
import { isWithin } from '../run-folder/path-in-run';
import { type CataloguedRun, RunCatalogue } from '../runs/run-catalogue';
import { WorkbenchError } from '../shared/errors';
import { EXPERIMENT_EXTENSION } from '../shared/experiment-place';
import { localizable } from '../shared/localizable-text';
import { RUNS_FOLDER } from '../shared/run-format';
import { SWEEP_EXTENSION, SWEEPS_FOLDER } from '../shared/sweep-files';
import { errorCode, storageError } from '../storage/storage-error';

/** An assistant named something that does not exist, or that it may not use. */
export class AgentError extends WorkbenchError {}

export interface WorkspaceRoot {
  /** Begins the paths shown, if there are several roots. */
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
}

/** Deep enough for any project. */
const MAX_DEPTH = 8;
const NOT_SEARCHED = new Set(['node_modules', RUNS_FOLDER]);

interface Found {
  readonly experiments: readonly string[];
  readonly sweeps: readonly string[];
  readonly runsFolders: readonly string[];
}

export class AgentWorkspace {
  readonly #roots: readonly WorkspaceRoot[];
  readonly #catalogue = new RunCatalogue(() => undefined);

  constructor(roots: readonly WorkspaceRoot[]) {
    this.#roots = roots;
  }

  /** Absolute paths, sorted. */
  async find(): Promise<Found> {
    const found = await Promise.all(this.#roots.map(({ path }) => search(path, MAX_DEPTH)));
    return {
      experiments: found.flatMap(({ experiments }) => experiments).sort(),
      sweeps: found.flatMap(({ sweeps }) => sweeps).sort(),
      runsFolders: found.flatMap(({ runsFolders }) => runsFolders).sort(),
    };
  }

  /** Newest first. */
  async runs(): Promise<readonly CataloguedRun[]> {
    return await this.#catalogue.read((await this.find()).runsFolders);
  }

  /**
   * The run with this path, name or number. Throws `AgentError` if there is none, or several.
   *
   * @param among all runs, where they have been read already
   */
  async run(named: string, among?: readonly CataloguedRun[]): Promise<CataloguedRun> {
    const runs = among ?? (await this.runs());
    const isNumber = /^\d+$/.test(named);
    const fitting = runs.filter(({ run: { folder } }) => {
      const name = basename(folder);
      return isNumber ? runNumber(name) === Number(named) : name === named || this.shown(folder) === named;
    });
    const [run, ...others] = fitting;
    if (run === undefined) throw noRun(named);
    if (others.length > 0)
      throw new AgentError(
        localizable('There are several runs {0}.', JSON.stringify(named)),
        localizable(
          'Name one by its path: {0}.',
          fitting.map(({ run: { folder } }) => this.shown(folder)).join(', '),
        ),
      );
    return run;
  }

  /** The same run as it is now, without searching the workspace again. Throws `AgentError` if it was deleted. */
  async again({ run: { folder } }: CataloguedRun): Promise<CataloguedRun> {
    const runs = await this.#catalogue.read([dirname(folder)]);
    const found = runs.find(({ run }) => run.folder === folder);
    if (found === undefined) throw noRun(this.shown(folder));
    return found;
  }

  /** The experiment with this path or name. Throws `AgentError` if there is none, or several. */
  async experiment(named: string): Promise<string> {
    return this.#only('list_experiments', named, (await this.find()).experiments, EXPERIMENT_EXTENSION);
  }

  /** The sweep file with this path or name. */
  async sweepFile(named: string): Promise<string> {
    return this.#only('list_experiments', named, (await this.find()).sweeps, SWEEP_EXTENSION);
  }

  /** The folder of a sweep, by its path or name. */
  async sweepFolder(named: string): Promise<string> {
    const parents = (await this.find()).runsFolders.map((folder) => join(folder, SWEEPS_FOLDER));
    const folders = await Promise.all(
      parents.map(async (parent) =>
        (await entriesOf(parent))
          .filter(({ name }) => runNumber(name) !== undefined)
          .map(({ name }) => join(parent, name)),
      ),
    );
    return this.#only('list_runs', named, folders.flat(), '');
  }

  #only(listing: string, named: string, paths: readonly string[], extension: string): string {
    const fitting = paths.filter((path) =>
      [this.shown(path), basename(path), basename(path, extension)].includes(named),
    );
    const [path, ...others] = fitting;
    if (path === undefined)
      throw new AgentError(
        localizable('There is no {0} in the workspace.', JSON.stringify(named)),
        localizable('{0} returns what there is.', listing),
      );
    if (others.length > 0)
      throw new AgentError(
        localizable('There are several {0}.', JSON.stringify(named)),
        localizable('Name one by its path: {0}.', fitting.map((one) => this.shown(one)).join(', ')),
      );
    return path;
  }

  /** The path to show to an assistant: relative to its root, with forward slashes. */
  shown(path: string): string {
    const root = this.#roots.find((one) => isWithin(one.path, path));
    if (root === undefined) return basename(path);
    const way = relative(root.path, path).split(sep).join('/');
    return this.#roots.length === 1 ? way : `${root.name}/${way}`;
  }

  /** Removes absolute paths of the workspace from a text. */
  shorten(text: string): string {
    return this.#roots.reduce(
      (result, { name, path }) =>
        result.replaceAll(`${path}${sep}`, this.#roots.length === 1 ? '' : `${name}/`).replaceAll(path, name),
      text,
    );
  }

  /** An absolute path that may be written. Throws `AgentError` for one outside the workspace, through links too. */
  async writable(folder: string, name: string): Promise<string> {
    const path = resolve(folder, name);
    const real = await realpath(folder);
    const roots = await Promise.all(this.#roots.map((root) => realpath(root.path)));
    if (basename(name) !== name || !roots.some((root) => isWithin(root, real)))
      throw new AgentError(
        localizable('{0} is not a file name.', JSON.stringify(name)),
        localizable('Pass a name without a folder, such as {0}.', '"wider"'),
      );
    return path;
  }
}

function noRun(named: string): AgentError {
  return new AgentError(
    localizable('There is no run {0}.', JSON.stringify(named)),
    localizable('{0} returns the runs that exist.', 'list_runs'),
  );
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(errorCode(error) ?? '')) return [];
    throw storageError(localizable('read the folder {0}', folder), error);
  }
}

/** Links are not followed. */
async function search(folder: string, depth: number): Promise<Found> {
  const entries = await entriesOf(folder);
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  const folders = entries.filter((entry) => entry.isDirectory());
  const inside =
    depth === 0
      ? []
      : await Promise.all(
          folders
            .filter(({ name }) => !NOT_SEARCHED.has(name) && !name.startsWith('.'))
            .map(({ name }) => search(join(folder, name), depth - 1)),
        );
  return {
    experiments: [
      ...files.filter((file) => file.endsWith(EXPERIMENT_EXTENSION)),
      ...inside.flatMap(({ experiments }) => experiments),
    ],
    sweeps: [
      ...files.filter((file) => file.endsWith(SWEEP_EXTENSION)),
      ...inside.flatMap(({ sweeps }) => sweeps),
    ],
    runsFolders: [
      ...folders.filter(({ name }) => name === RUNS_FOLDER).map(({ name }) => join(folder, name)),
      ...inside.flatMap(({ runsFolders }) => runsFolders),
    ],
  };
}
