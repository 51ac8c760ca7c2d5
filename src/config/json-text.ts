/** Parses JSON with comments and trailing commas, so that every value and every error can be mapped to its position. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type LocalizableText, localizable } from '../shared/localizable-text';
import type { JsonPath } from './json-path';

/** Line and column, both 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface SyntaxProblem {
  readonly position: Position;
  /** Path of the innermost enclosing value. */
  readonly path: JsonPath;
  readonly message: LocalizableText;
}

export interface JsonText {
  /** The parsed value, as far as syntax errors permit; undefined for a text without any value. */
  readonly value: unknown;
  /** Syntax errors and duplicate keys. */
  readonly problems: readonly SyntaxProblem[];
  /** Returns whether the text contains a value at exactly this path. */
  has(path: JsonPath): boolean;
  /** Returns the start of the value at the path, or of the innermost enclosing value that the text contains. */
  positionOf(path: JsonPath): Position;
  /** Returns the start of the last key of the path. */
  keyPositionOf(path: JsonPath): Position;
  /**
   * Returns the source text of the scalar at the path, for example `1e999`; undefined for objects, lists and missing
   * values.
   */
  scalarText(path: JsonPath): string | undefined;
}

/** Expected or offending tokens, by the parser's error names. */
const EXPECTED: Readonly<Record<string, LocalizableText>> = {
  InvalidSymbol: localizable('a JSON value'),
  InvalidNumberFormat: localizable('a number'),
  PropertyNameExpected: localizable('a key in double quotes'),
  ValueExpected: localizable('a value'),
  ColonExpected: localizable('a colon'),
  CommaExpected: localizable('a comma'),
  CloseBraceExpected: localizable('a closing brace'),
  CloseBracketExpected: localizable('a closing bracket'),
  EndOfFileExpected: localizable('the end of the file'),
  InvalidCommentToken: localizable('a comment'),
  UnexpectedEndOfComment: localizable('the end of the comment'),
  UnexpectedEndOfString: localizable('a closing quotation mark'),
  UnexpectedEndOfNumber: localizable('a complete number'),
  InvalidUnicode: localizable('four hexadecimal digits'),
  InvalidEscapeCharacter: localizable('a valid escape sequence (write a backslash twice)'),
};

const CONTROL_CHARACTER = localizable(
  'A string cannot contain control characters; write {0} for a tab.',
  '\\t',
);

const UNCLOSED: ReadonlySet<string> = new Set(['CloseBraceExpected', 'CloseBracketExpected']);

/** Unlike the parser's own conversion, keeps `__proto__` as an ordinary key, so that it is rejected like any other. */
function plainValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainValue);
  if (node.type !== 'object') return node.value;
  const entries: [string, unknown][] = [];
  for (const { children: [key, value] = [] } of node.children ?? []) {
    if (key !== undefined && value !== undefined) entries.push([String(key.value), plainValue(value)]);
  }
  return Object.fromEntries(entries);
}

function* repeatedKeys(
  node: Node,
  path: JsonPath,
): Generator<{ readonly key: Node; readonly path: JsonPath }> {
  const seen = new Set<string>();
  for (const [index, child] of (node.children ?? []).entries()) {
    if (node.type === 'array') {
      yield* repeatedKeys(child, [...path, index]);
      continue;
    }
    const [key, value] = child.children ?? [];
    if (key === undefined) continue;
    const name = String(key.value);
    if (seen.has(name)) yield { key, path: [...path, name] };
    seen.add(name);
    if (value !== undefined) yield* repeatedKeys(value, [...path, name]);
  }
}

/**
 * Returns the objects and lists left open at the end of the text, innermost first. Closing proceeds from the inside, so
 * the open ones are the outermost `count`.
 */
function openAtEnd(root: Node | undefined, count: number): Node[] {
  const last: Node[] = [];
  for (let node = root; node !== undefined; node = node.children?.at(-1)) {
    if (node.type === 'object' || node.type === 'array') last.push(node);
  }
  return last.slice(0, count).reverse();
}

/**
 * Drops errors that follow from others: after a token that is not JSON, such as `NaN`, the parser also misses a value,
 * and it may report one character twice.
 */
function withoutConsequences(errors: readonly ParseError[], text: string): ParseError[] {
  let afterWord: number | undefined;
  let previous: number | undefined;
  return errors.filter(({ error, offset, length }) => {
    const isWord = printParseErrorCode(error) === 'InvalidSymbol';
    const follows = !isWord && afterWord !== undefined && !/[,{}[\]]/.test(text.slice(afterWord, offset));
    const repeats = offset === previous && offset < text.length;
    afterWord = isWord || follows ? offset + length : undefined;
    previous = offset;
    return !follows && !repeats;
  });
}

/** Returns the value at a path: of a repeated key the last one, as the parser's own lookup does not. */
function nodeAt(root: Node | undefined, path: JsonPath): Node | undefined {
  let node = root;
  for (const part of path) {
    const children = node?.children ?? [];
    if (node?.type === 'array') node = typeof part === 'number' ? children[part] : undefined;
    else node = children.findLast(({ children: [key] = [] }) => key?.value === part)?.children?.[1];
  }
  return node;
}

/** Returns the path of the innermost value that encloses an offset. */
function pathAround(root: Node | undefined, offset: number): JsonPath {
  const path: (string | number)[] = [];
  let node = root;
  while (node?.type === 'object' || node?.type === 'array') {
    const index: number = (node.children ?? []).findIndex(
      (child) => child.offset <= offset && offset <= child.offset + child.length,
    );
    const child: Node | undefined = node.children?.[index];
    if (child === undefined) break;
    path.push(node.type === 'array' ? index : String(child.children?.[0]?.value));
    node = node.type === 'array' ? child : child.children?.[1];
  }
  return path;
}

/** Returns the text at an offset: the rest of the word or number, or a single character. */
function wordAt(text: string, offset: number, length: number): string | LocalizableText {
  const word = text.slice(offset, offset + Math.max(1, length)).split('\n')[0] ?? '';
  if (word.trim() === '')
    return offset >= text.length ? localizable('the end of the file') : localizable('nothing');
  return word.length > 40 ? `${word.slice(0, 40)}…` : word;
}

/** Parses a text; never throws, however malformed the text is. */
export function parseJsonText(source: string): JsonText {
  // Some editors write a byte order mark, which is not part of the text.
  const text = source.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });

  const lineStarts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) {
    lineStarts.push(index + 1);
  }
  const position = (offset: number): Position => {
    const after = lineStarts.findIndex((start) => start > offset);
    const line = after < 0 ? lineStarts.length : after;
    return { line, column: offset - (lineStarts[line - 1] ?? 0) + 1 };
  };
  const nearestNode = (path: JsonPath): Node | undefined => {
    for (let length = path.length; length > 0; length--) {
      const node = nodeAt(root, path.slice(0, length));
      if (node !== undefined) return node;
    }
    return root;
  };

  const isUnclosed = ({ error, offset }: ParseError): boolean =>
    offset >= text.length && UNCLOSED.has(printParseErrorCode(error));
  const open = openAtEnd(root, errors.filter(isUnclosed).length);
  const syntaxProblem = (parseError: ParseError): SyntaxProblem => {
    const { error, offset, length } = parseError;
    const code = printParseErrorCode(error);
    const unclosed = isUnclosed(parseError) ? open.shift() : undefined;
    const start = unclosed?.offset ?? offset;
    return {
      position: position(start),
      path: pathAround(root, start),
      message:
        code === 'InvalidCharacter'
          ? CONTROL_CHARACTER
          : localizable(
              'Expected {0}, found {1}.',
              EXPECTED[code] ?? localizable('JSON with comments'),
              unclosed === undefined ? wordAt(text, offset, length) : localizable('the end of the file'),
            ),
    };
  };
  const repeated = root === undefined ? [] : [...repeatedKeys(root, [])];

  return {
    value: root === undefined ? undefined : plainValue(root),
    problems: [
      ...withoutConsequences(errors, text).map(syntaxProblem),
      ...repeated.map(({ key, path }) => ({
        position: position(key.offset),
        path,
        message: localizable('Duplicate key {0}.', JSON.stringify(path.at(-1))),
      })),
    ],
    has: (path) => nodeAt(root, path) !== undefined,
    positionOf: (path) => position(nearestNode(path)?.offset ?? 0),
    keyPositionOf: (path) => {
      const node = nodeAt(root, path);
      return position(node?.parent?.offset ?? nearestNode(path)?.offset ?? 0);
    },
    scalarText: (path) => {
      const node = nodeAt(root, path);
      if (node === undefined || node.type === 'object' || node.type === 'array') return undefined;
      return text.slice(node.offset, node.offset + node.length);
    },
  };
}
