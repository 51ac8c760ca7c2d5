/**
 * The git repository around an experiment: its commit, its branch, and whether files of the experiment's folder differ
 * from that commit. URLs of remotes, which may hold access tokens, are never asked for.
 *
 * A repository's own configuration can name programs that git then runs. Training needs a trusted workspace, but the
 * repository may lie above it, so git is kept from running any: no hooks and no index written, no file system monitor, no
 * submodules, no transport (which a partial clone would use to fetch missing objects). Programs that filter files cannot
 * be turned off together; where the repository itself names one, changes stay unknown.
 */
import { execFile } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GitState } from '../shared/run-format';

/** How long a run may wait for git once everything else is open. */
const PATIENCE_MS = 100;

/** Asks git while data and engine are being opened, so that the start of a run waits for it hardly ever. */
export class GitReading {
  readonly #cut = new AbortController();
  readonly #state: Promise<GitState | undefined>;

  constructor(folder: string) {
    this.#state = readGitState(folder, this.#cut.signal);
  }

  /** Undefined if the folder is in no repository, or git is missing. What git has not answered in time is unknown. */
  async end(): Promise<GitState | undefined> {
    const timer = setTimeout(() => this.cancel(), PATIENCE_MS);
    try {
      return await this.#state;
    } finally {
      clearTimeout(timer);
    }
  }

  cancel(): void {
    this.#cut.abort();
  }
}

/** @param signal cuts git off: what it has not answered by then is unknown */
export async function readGitState(folder: string, signal: AbortSignal): Promise<GitState | undefined> {
  const place = await realpath(folder).catch(() => folder);
  if (!(await isInRepository(place))) return undefined;
  const [head, changes] = await Promise.all([readHead(place, signal), readChanges(place, signal)]);
  return head === undefined ? undefined : { ...head, changes };
}

/** Spares the many without a repository a process, and those on macOS without git the offer to install it. */
async function isInRepository(folder: string): Promise<boolean> {
  const isHere = await stat(join(folder, '.git')).then(
    () => true,
    () => false,
  );
  const parent = dirname(folder);
  return isHere || (parent !== folder && (await isInRepository(parent)));
}

/** Undefined before the first commit, without git, and where git refuses the repository, such as another user's. */
async function readHead(folder: string, signal: AbortSignal): Promise<Omit<GitState, 'changes'> | undefined> {
  const { exit, text, isLate } = await askGit(folder, ['rev-parse', 'HEAD', '--abbrev-ref', 'HEAD'], signal);
  if (exit !== 0) return isLate ? {} : undefined;
  const [commit = '', branch = 'HEAD'] = text.trim().split('\n');
  return { commit, ...(branch === 'HEAD' ? {} : { branch }) };
}

const FILTERS = ['config', '--show-scope', '--name-only', '--get-regexp', '^filter\\..*\\.(clean|process)$'];
/** Of the user, who trusts their own programs. */
const TRUSTED_SCOPE = /^(system|global)\t/;
const NO_MATCH = 1;

const STATUS = ['status', '--porcelain', '--no-renames', '--ignore-submodules=dirty', '--', '.'];

async function readChanges(folder: string, signal: AbortSignal): Promise<GitState['changes']> {
  const filters = await askGit(folder, FILTERS, signal);
  const named = filters.text.split('\n').filter((line) => line !== '');
  const areTrusted = filters.exit === 0 && named.every((line) => TRUSTED_SCOPE.test(line));
  if (filters.exit !== NO_MATCH && !areTrusted) return 'unknown';
  const { exit, text } = await askGit(folder, STATUS, signal);
  // The first file tells, even if the list was cut off.
  if (text !== '') return 'uncommitted';
  return exit === 0 ? 'none' : 'unknown';
}

interface Answer {
  /** Undefined if git could not be run, or was ended. */
  readonly exit: number | undefined;
  readonly text: string;
  readonly isLate: boolean;
}

async function askGit(folder: string, question: readonly string[], signal: AbortSignal): Promise<Answer> {
  const args = [
    '-C',
    folder,
    '-c',
    'core.fsmonitor=false',
    '-c',
    'safe.bareRepository=explicit',
    ...question,
  ];
  // Windows looks for programs in the working folder first, which may be the repository.
  const options = { cwd: dirname(process.execPath), env: environment(), signal };
  const failed: Answer = { exit: undefined, text: '', isLate: signal.aborted };
  return await new Promise<Answer>((resolve) => {
    execFile('git', args, options, (error, text) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
      resolve({ exit, text, isLate: signal.aborted });
    });
    // Most failures to start are reported to the callback, but not all.
  }).catch(() => failed);
}

/** Variables such as `GIT_DIR`, which a hook sets, would lead to another repository. */
function environment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name));
  return {
    ...Object.fromEntries(others),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    // Names no transport that exists.
    GIT_ALLOW_PROTOCOL: 'none',
  };
}
