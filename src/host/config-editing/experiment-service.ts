/**
 * What the editor asks of the configuration code. It is a bundle of its own, loaded when an experiment is first
 * looked at: validation brings the schema library and all networks with it, which a window without any never needs.
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

/** A problem at a stretch of the text; offsets are in UTF-16 units. */
export interface TextProblem {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly message: LocalizableText;
  /** What the stretch is to be replaced with, where a name is misspelt: JSON, quotes included. */
  readonly replacement?: string;
  /** The file or folder that is not there, where that is the problem. */
  readonly missingPath?: string;
}

export interface ExperimentService {
  /**
   * Everything that is wrong with an experiment, as far as it can be said without opening the data; broken JSON is left
   * to the editor. Whether the files that it names exist is looked up on the disk where `looksForFiles`.
   */
  findProblems(text: string, file: string, looksForFiles: boolean): Promise<readonly TextProblem[]>;
  /** JSON with every default written out. Throws `ConfigError`. */
  resolvedText(text: string, file: string): string;
  /** The data of an experiment, as far as it can be said without opening it. Throws `ConfigError`. */
  describeData(text: string, file: string): DescribedData;
}

export interface DescribedData {
  /** The same for the same data, whatever else the experiments say. */
  readonly key: string;
  readonly title: string;
  /** The folder or file that the data is in, as the experiment names it. */
  readonly place?: string;
  /** Undefined where examples are no images. */
  readonly image?: { readonly height: number; readonly width: number; readonly channels: number };
  /** Undefined where only opening tells. */
  readonly classes?: number;
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let number = 1; number < line; number++) start = text.indexOf('\n', start) + 1;
  return Math.min(text.length, start + column - 1);
}

/** Of what begins here: a whole key, text or number, and the bracket alone of an object or a list. */
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
  /** The name may then be misspelt. */
  readonly isMissing: boolean;
}

/** What is wrong with a path that should be a file, or a folder; undefined if nothing is. */
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
    const message =
      wanted === 'file' ? localizable('No such file: {0}', path) : localizable('No such folder: {0}', path);
    return { message, isMissing: true };
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    // A folder that cannot be listed has nothing to suggest; that the file is missing is said all the same.
    return [];
  }
}

/** The keys of an experiment whose values are paths, or can be, and what each must be. */
function pathKeys(root: Node): readonly (readonly [keys: readonly string[], option: PathOption])[] {
  const source: unknown = findNodeAtLocation(root, ['data', 'source'])?.value;
  const { pathOptions = {} } = dataSources.find(({ name }) => name === source) ?? {};
  return [
    ...Object.entries(pathOptions).map(([key, option]) => [['data', key], option] as const),
    [['generator', 'module'], 'file'],
    [['discriminator', 'module'], 'file'],
    [['evaluation', 'features'], (written) => (/\.onnx$/i.test(written) ? 'file' : undefined)],
  ];
}

/** Files and folders that are named and are not there, or are the other; relative paths are relative to the experiment. */
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
  const wrong = looksForFiles ? await wrongPaths(root, file) : [];
  try {
    parseExperiment(text, basename(file));
    return wrong;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // VS Code's own support for JSON marks what is no JSON; what is left is ours alone to say.
    const ours = error.problems.filter(({ isSyntax }) => isSyntax !== true);
    const problems = ours.map((problem) => located(text, root, problem));
    return [...problems, ...wrong];
  }
}

export function resolvedText(text: string, file: string): string {
  return `${JSON.stringify(parseExperiment(text, basename(file)), undefined, 2)}\n`;
}

export function describeData(text: string, file: string): DescribedData {
  const { data } = parseExperiment(text, basename(file));
  const { batchSize: _, ...decisive } = data;
  const source = dataSources.find(({ name }) => name === data.source);
  const { example, classes } = dataShapeOf(data);
  const [option] = Object.keys(source?.pathOptions ?? {});
  const place = option === undefined ? undefined : data[option];
  return {
    key: JSON.stringify({ ...decisive, folder: option === undefined ? '' : dirname(file) }),
    title: source?.title ?? data.source,
    ...(typeof place === 'string' ? { place } : {}),
    ...(example.kind === 'image'
      ? { image: { height: example.height, width: example.width, channels: example.channels } }
      : {}),
    ...(classes === undefined ? {} : { classes }),
  };
}
