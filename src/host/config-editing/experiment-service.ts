/**
 * The configuration code as the editor uses it. It is a separate bundle, loaded when an experiment is first opened:
 * validation pulls in the schema library and all networks, which a window without experiments never needs.
 */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { findNodeAtLocation, findNodeAtOffset, type Node, parseTree } from 'jsonc-parser';
import { ConfigError, type ConfigProblem, sentenceOf } from '../../config/config-error';
import { parseExperiment } from '../../config/load';
import { nearestName } from '../../config/nearest';
import { dataShapeOf } from '../../config/resolve';
import { dataSources } from '../../data/registry';
import type { PathKind, PathOption } from '../../data/source';
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import { SWEEP_EXTENSION } from '../../shared/sweep-files';
import type { ComparedAt, SweepImportance, SweepView } from '../../shared/sweep-protocol';
import { parseSweep } from '../../sweep/load-sweep';
import { SweepReader } from '../../sweep/sweep-reader';

export { importanceAt } from '../../sweep/importance';

/** A problem in a range of the text; offsets are in UTF-16 code units. */
export interface TextProblem {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly message: LocalizableText;
  /** Replacement of the range if a name is misspelt: JSON, quotes included. */
  readonly replacement?: string;
  /** The missing file or folder, if that is the problem. */
  readonly missingPath?: string;
}

export interface ExperimentService {
  /**
   * Finds every problem of an experiment that can be found without opening the data; JSON syntax errors are left to the
   * editor. Checks on disk that the files it names exist if `looksForFiles` is set.
   */
  findProblems(text: string, file: string, looksForFiles: boolean): Promise<readonly TextProblem[]>;
  /** Returns JSON with every default written out. Throws `ConfigError`. */
  resolvedText(text: string, file: string): string;
  /** Opens a sweep for its page. Throws `RunFolderError` if the folder is no sweep. */
  openSweep(folder: string): Promise<SweepReader>;
  /** Which parameters of a sweep matter. */
  importanceAt(sweep: SweepView, at: ComparedAt): Promise<SweepImportance>;
  /** Describes the data of an experiment, as far as possible without opening it. Throws `ConfigError`. */
  describeData(text: string, file: string): DescribedData;
}

export interface DescribedData {
  /** Equal for equal data, whatever else the experiments specify. */
  readonly key: string;
  readonly title: string;
  /** The folder or file of the data, as the experiment names it. */
  readonly place?: string;
  /** Undefined if examples are not images. */
  readonly image?: { readonly height: number; readonly width: number; readonly channels: number };
  /** Size of the input images of image-to-image data. */
  readonly input?: { readonly height: number; readonly width: number };
  /** Undefined if it can only be found by opening the data. */
  readonly classes?: number;
  /** The other options with single values, as `key: value`. */
  readonly settings: readonly string[];
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let number = 1; number < line; number++) start = text.indexOf('\n', start) + 1;
  return Math.min(text.length, start + column - 1);
}

/**
 * End of the node that begins here: of a whole key, string or number, but only of the opening bracket of an object or
 * array.
 */
function endOf(text: string, root: Node | undefined, start: number): number {
  const node = root === undefined ? undefined : findNodeAtOffset(root, start);
  const isScalar = node !== undefined && node.type !== 'object' && node.type !== 'array';
  if (isScalar && node.offset === start) return start + node.length;
  const word = /^[\w.+-]+/.exec(text.slice(start));
  return Math.min(text.length, start + (word?.[0].length ?? 1));
}

function located(text: string, root: Node | undefined, problem: ConfigProblem): TextProblem {
  const { line = 1, column = 1, suggestion } = problem;
  const startOffset = offsetOf(text, line, column);
  return {
    startOffset,
    endOffset: endOf(text, root, startOffset),
    message: sentenceOf(problem),
    ...(suggestion === undefined ? {} : { replacement: JSON.stringify(suggestion) }),
  };
}

interface WrongPath {
  readonly message: LocalizableText;
  /** If so, the name may be misspelt. */
  readonly isMissing: boolean;
}

/** Returns the problem with a path that should be a file or a folder; undefined if there is none. */
async function whatIsWrong(path: string, wanted: PathKind): Promise<WrongPath | undefined> {
  try {
    const kind = (await stat(path)).isDirectory() ? 'folder' : 'file';
    if (kind === wanted) return undefined;
    const message =
      wanted === 'file'
        ? localizable('Expected a file, found a folder: {0}', path)
        : localizable('Expected a folder, found a file: {0}', path);
    return { message, isMissing: false };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      return { message: localizable('{0} cannot be read ({1}).', path, String(code)), isMissing: false };
    return { message: localizable('{0} does not exist.', path), isMissing: true };
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    // A folder that cannot be listed yields no suggestions; the missing file is still reported.
    return [];
  }
}

/** Returns the keys of an experiment whose values are or can be paths, and the kind of path each requires. */
function pathKeys(root: Node): readonly (readonly [keys: readonly string[], option: PathOption])[] {
  const source: unknown = findNodeAtLocation(root, ['data', 'source'])?.value;
  const { pathOptions = {} } = dataSources.find(({ name }) => name === source) ?? {};
  return [
    ...Object.entries(pathOptions).map(([key, option]) => [['data', key], option] as const),
    [['generator', 'module'], 'file'],
    [['discriminator', 'module'], 'file'],
    [['initialise', 'from'], (written) => (/\.safetensors$/i.test(written) ? 'file' : 'folder')],
    [['evaluation', 'features'], (written) => (/\.onnx$/i.test(written) ? 'file' : undefined)],
  ];
}

/** Returns paths that do not exist or have the wrong kind; relative paths are relative to the experiment. */
async function wrongPaths(root: Node | undefined, file: string): Promise<readonly TextProblem[]> {
  if (root === undefined) return [];
  const problems: TextProblem[] = [];
  for (const [keys, option] of pathKeys(root)) {
    const node = findNodeAtLocation(root, [...keys]);
    const written: unknown = node?.value;
    if (node === undefined || typeof written !== 'string' || written === '') continue;
    const wanted = typeof option === 'string' ? option : option(written);
    if (wanted === undefined) continue;
    const path = resolve(dirname(file), written);
    const wrong = await whatIsWrong(path, wanted);
    if (wrong === undefined) continue;
    const nearest = wrong.isMissing
      ? nearestName(basename(written), await namesIn(dirname(path)))
      : undefined;
    const folder = written.slice(0, written.length - basename(written).length);
    const suggestion = nearest === undefined ? undefined : folder + nearest;
    problems.push({
      startOffset: node.offset,
      endOffset: node.offset + node.length,
      message: sentenceOf({ message: wrong.message, ...(suggestion === undefined ? {} : { suggestion }) }),
      ...(suggestion === undefined ? {} : { replacement: JSON.stringify(suggestion) }),
      ...(wrong.isMissing ? { missingPath: path } : {}),
    });
  }
  return problems;
}

export async function findProblems(
  text: string,
  file: string,
  looksForFiles: boolean,
): Promise<readonly TextProblem[]> {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const isSweep = file.endsWith(SWEEP_EXTENSION);
  // A sweep cannot be checked without reading its experiment.
  if (isSweep && !looksForFiles) return [];
  const wrong = looksForFiles && !isSweep ? await wrongPaths(root, file) : [];
  try {
    if (isSweep) await parseSweep(text, file);
    else parseExperiment(text, basename(file));
    return wrong;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // VS Code's own JSON support marks syntax errors; only the remaining problems are ours to report.
    const ours = error.problems.filter(({ isSyntax }) => isSyntax !== true);
    const problems = ours.map((problem) => located(text, root, inThisFile(problem, file)));
    return [...problems, ...wrong];
  }
}

/** A problem of the experiment that a sweep varies is listed at the beginning of the sweep, with the name of its file. */
function inThisFile(problem: ConfigProblem, file: string): ConfigProblem {
  if (basename(problem.file) === basename(file)) return problem;
  const message = localizable('{0}: {1}', basename(problem.file), sentenceOf(problem));
  return { file, line: 1, column: 1, path: '', message };
}

export function resolvedText(text: string, file: string): string {
  return `${JSON.stringify(parseExperiment(text, basename(file)), undefined, 2)}\n`;
}

export function describeData(text: string, file: string): DescribedData {
  const { data } = parseExperiment(text, basename(file));
  const { batchSize: _, ...decisive } = data;
  const source = dataSources.find(({ name }) => name === data.source);
  const { example, input, classes } = dataShapeOf(data);
  const [option] = Object.keys(source?.pathOptions ?? {});
  const place = option === undefined ? undefined : data[option];
  return {
    key: JSON.stringify({ ...decisive, folder: option === undefined ? '' : dirname(file) }),
    title: source?.title ?? data.source,
    ...(typeof place === 'string' ? { place } : {}),
    ...(example.kind === 'image'
      ? { image: { height: example.height, width: example.width, channels: example.channels } }
      : {}),
    ...(input === undefined ? {} : { input: { height: input.shape.height, width: input.shape.width } }),
    ...(classes === undefined ? {} : { classes }),
    settings: Object.entries(decisive)
      .filter(([name, value]) => name !== 'source' && name !== option && typeof value !== 'object')
      .map(([name, value]) => `${name}: ${value}`),
  };
}

export async function openSweep(folder: string): Promise<SweepReader> {
  return await SweepReader.open(folder);
}
