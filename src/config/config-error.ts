/** What is wrong with an experiment, problem by problem, and the one error that carries all of them. */
import { WorkbenchError } from '../shared/errors';
import { type LocalizableText, localizable, verbatim } from '../shared/localizable-text';

export interface ConfigProblem {
  /** The file as the caller named it, or the whole override: `--set optimiser.beta1=2`. */
  readonly file: string;
  /** From 1; absent for an override and for a file that could not be read. */
  readonly line?: number;
  readonly column?: number;
  /** Dotted, as `--set` takes it: `regularisers[0].weight`. Empty for the whole file. */
  readonly path: string;
  /** A sentence that does not say where. */
  readonly message: LocalizableText;
  /** Whether a value is missing at the path. */
  readonly isMissing?: true;
  /** The nearest right name for a misspelt one. */
  readonly suggestion?: string;
  /** The whole path of a key that is known in another place: `logging.checkpointEvery`. */
  readonly elsewhere?: string;
  /** Broken JSON, which editors report themselves. */
  readonly isSyntax?: true;
}

/** A binary file taken for an experiment has thousands of syntax errors; `problems` has them all. */
const SHOWN_PROBLEMS = 30;

/** What is wrong, with the right name where one is near. */
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

/** Every problem of an experiment file and its overrides, in the order in which they stand. */
export class ConfigError extends WorkbenchError {
  readonly problems: readonly ConfigProblem[];

  constructor(file: string, problems: readonly ConfigProblem[], options: { cause?: unknown } = {}) {
    const message = messageOf(file, problems);
    const remedy = localizable('Training did not start. Fix the problem and try again.');
    super(message, remedy, { ...options, exitCode: 2 });
    this.problems = problems;
  }
}
