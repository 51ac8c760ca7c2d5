/** Trains on points that were drawn on the dashboard: a CSV file beside a new experiment, which is that of the run. */
import { basename } from 'node:path';
import { applyEdits, modify, type ParseError, parse } from 'jsonc-parser';
import { l10n, Uri, window, workspace } from 'vscode';
import { EXPERIMENT_EXTENSION } from '../../shared/experiment-place';
import { chosenCompute } from '../chosen-compute';
import { originalExperiment } from '../commands/original-experiment';
import type { Services } from '../host';
import { freeFile } from '../presets/preset-file';

/** @param points x, y, x, y, … in [-2, 2] or a little beyond */
export async function trainOnDrawnPoints(
  { training }: Pick<Services, 'training'>,
  runFolder: string,
  points: Float32Array,
): Promise<void> {
  const { text, folder, name } = await originalExperiment(runFolder);
  const file = await freeFile(Uri.file(folder), `${name.replace(/-drawn(?:-\d+)?$/, '')}-drawn`);
  const csv = basename(file.fsPath).replace(EXPERIMENT_EXTENSION, '.csv');
  const made = withPointsOf(text, csv);
  if (made === undefined) {
    void window.showErrorMessage(l10n.t('{0} is not valid JSON. Correct it first.', `${name}.gan.json`));
    return;
  }
  const write = (uri: Uri, content: string): Thenable<void> =>
    workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  await write(Uri.joinPath(Uri.file(folder), csv), csvOf(points));
  await write(file, made);
  training.add({ type: 'start', experimentFile: file.fsPath, ...chosenCompute() });
}

/**
 * The experiment with the points of a file as its data; the batch size stays. Undefined if the text is not an object in
 * JSON with comments.
 */
export function withPointsOf(text: string, csv: string): string | undefined {
  const errors: ParseError[] = [];
  const root: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || typeof root !== 'object' || root === null || Array.isArray(root)) return undefined;
  const { data }: { data?: unknown } = root;
  const batchSize =
    typeof data === 'object' && data !== null && 'batchSize' in data ? data.batchSize : undefined;
  const drawn = {
    source: 'points-file',
    file: csv,
    scale: 'none',
    ...(batchSize === undefined ? {} : { batchSize }),
  };
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  return applyEdits(text, modify(text, ['data'], drawn, { formattingOptions }));
}

export function csvOf(points: Float32Array): string {
  const lines = Array.from(
    { length: points.length / 2 },
    (_, i) => `${points[2 * i]?.toFixed(4)},${points[2 * i + 1]?.toFixed(4)}`,
  );
  return `${['x,y', ...lines].join('\n')}\n`;
}
