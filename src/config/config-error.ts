/** What is wrong with an experiment, problem by problem, and the one error that carries all of them. */
import { WorkbenchError } from '../shared/errors';

export interface ConfigProblem {
  /** The file as the caller named it, or the whole override: `--set optimiser.beta1=2`. */
  readonly file: string;
  /** From 1; absent for an override and for a file that could not be read. */
  readonly line?: number;
  readonly column?: number;
  /** Dotted, as `--set` takes it: `regularisers[0].weight`. Empty for the whole file. */
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
  /** The nearest right name for a misspelt one. */
  readonly suggestion?: string;
  /** The whole path of a key that is known in another place: `logging.checkpointEvery`. */
  readonly elsewhere?: string;
  /** Broken JSON, of which every editor tells by itself. */
  readonly isSyntax?: true;
}

/** A binary file taken for an experiment has thousands of syntax errors; `problems` has them all. */
const SHOWN_PROBLEMS = 30;

function problemText(problem: ConfigProblem): string {
  const { file, line, column, path, found, allowed, suggestion = problem.elsewhere } = problem;
  const place = line === undefined || column === undefined ? file : `${file}:${line}:${column}`;
  const saysPath = path === '' || file.startsWith(`--set ${path}=`);
  const subject = saysPath ? '' : ` ${path}:`;
  const hint = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
  return `${place}:${subject} found ${found}; allowed: ${allowed}.${hint}`;
}

/** Every problem of an experiment file and its overrides, in the order in which they stand. */
export class ConfigError extends WorkbenchError {
  readonly problems: readonly ConfigProblem[];

  constructor(file: string, problems: readonly ConfigProblem[], options: { cause?: unknown } = {}) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    const lines = problems.slice(0, SHOWN_PROBLEMS).map((problem) => `  ${problemText(problem)}`);
    const rest = problems.length - lines.length;
    if (rest > 0) lines.push(`  and ${rest} more`);
    super(
      `${file} has ${count}:\n${lines.join('\n')}`,
      'Put this right and start again; nothing has been started or written.',
      { ...options, exitCode: 2 },
    );
    this.problems = problems;
  }
}
