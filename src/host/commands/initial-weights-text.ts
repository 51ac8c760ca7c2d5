/** The text of an experiment that starts from the weights of a run, made from that of another experiment. */
import { dirname, relative, sep } from 'node:path';
import { applyEdits, modify, type ParseError, parse } from 'jsonc-parser';

export interface WeightsOfRun {
  readonly runFolder: string;
  /** Its checkpoint; by default the best or newest. */
  readonly step?: number;
}

/**
 * Comments and formatting are kept. Undefined if the text is not an object in JSON with comments.
 *
 * @param file absolute path of the new experiment, which the path of the run is relative to
 */
export function withInitialWeights(text: string, file: string, weights: WeightsOfRun): string | undefined {
  const errors: ParseError[] = [];
  const root: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || typeof root !== 'object' || root === null || Array.isArray(root)) return undefined;
  const { runFolder, step } = weights;
  const initialise = {
    from: relative(dirname(file), runFolder).split(sep).join('/'),
    ...(step === undefined ? {} : { checkpoint: step }),
  };
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  return applyEdits(text, modify(text, ['initialise'], initialise, { formattingOptions }));
}
