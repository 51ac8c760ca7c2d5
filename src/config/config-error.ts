/** The problems of an experiment, and the one error that carries all of them. */
import { WorkbenchError } from '../shared/errors';
import { type LocalizableText, localizable, verbatim } from '../shared/localizable-text';

export interface ConfigProblem {
  /** The file as named by the caller, or the whole override: `--set optimiser.beta1=2`. */
  readonly file: string;
  /** 1-based; absent for an override and for a file that could not be read. */
  readonly line?: number;
  readonly column?: number;
  /** Dotted path, as `--set` takes it: `regularisers[0].weight`. Empty for the whole file. */
  readonly path: string;
  /** A sentence without the location. */
  readonly message: LocalizableText;
  /** Whether the value at the path is missing. */
  readonly isMissing?: true;
  /** The nearest valid name for a misspelt one. */
  readonly suggestion?: string;
  /** The full path at which a misplaced key is valid: `logging.checkpointEvery`. */
  readonly elsewhere?: string;
  /** Invalid JSON, which editors report themselves. */
  readonly isSyntax?: true;
}

/**
 * Maximum number of problems in the message: a binary file read as an experiment has thousands of syntax errors, all of
 * which are in `problems`.
 */
const SHOWN_PROBLEMS = 30;

/** Returns the message, with a suggestion if a valid name is near. */
export function sentenceOf({ message, suggestion, elsewhere = suggestion }: Hinted): LocalizableText {
  return elsewhere === undefined
    ? message
    : localizable('{0} Did you mean {1}?', message, JSON.stringify(suggestion ?? elsewhere));
}

type Hinted = Pick<ConfigProblem, 'message' | 'suggestion' | 'elsewhere'>;

/** `mine.gan.json:3:5: data.source: …` */
function lineOf(problem: ConfigProblem): LocalizableText {
  const { file, line, column, path } = problem;
  const place = line === undefined || column === undefined ? file : `${file}:${line}:${column}`;
  const saysPath = path === '' || file.startsWith(`--set ${path}=`);
  return verbatim(`  ${place}: `, saysPath ? '' : `${path}: `, sentenceOf(problem));
}

function messageOf(file: string, problems: readonly ConfigProblem[]): LocalizableText {
  const lines = problems.slice(0, SHOWN_PROBLEMS).flatMap((problem) => [lineOf(problem), '\n']);
  const rest = problems.length - SHOWN_PROBLEMS;
  const shown =
    rest > 0 ? verbatim(...lines, '  ', localizable('and {0} more', rest)) : verbatim(...lines.slice(0, -1));
  const head =
    problems.length === 1
      ? localizable('{0} has a problem:', file)
      : localizable('{0} has {1} problems:', file, problems.length);
  return verbatim(head, '\n', shown);
}

/** All problems of an experiment file and its overrides, in source order. */
export class ConfigError extends WorkbenchError {
  readonly problems: readonly ConfigProblem[];

  constructor(file: string, problems: readonly ConfigProblem[], options: { cause?: unknown } = {}) {
    const message = messageOf(file, problems);
    const remedy = localizable('Training did not start. Correct this and try again.');
    super(message, remedy, { ...options, exitCode: 2 });
    this.problems = problems;
  }
}
