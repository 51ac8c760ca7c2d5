/** Class labels of images: from their folders, or from a table in a CSV or JSON file. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import { visit } from 'jsonc-parser';
import * as z from 'zod';
import { describeError } from '../../shared/errors';
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { unreadable } from '../file-error';

export interface Labelling {
  /** Class names; a label is an index into them. */
  readonly names: readonly string[];
  /** Changes when any label changes. */
  readonly key: string;
  /** The label of an image by its path inside the folder, or undefined if it has none. */
  labelOf(name: string): number | undefined;
  /** Reason for skipping images without a label. */
  readonly missing: LocalizableText;
}

/** The class is the top-level subfolder of the data folder. */
export function labelsFromFolders(names: readonly string[]): Labelling {
  const classOf = (name: string): string | undefined =>
    name.includes('/') ? name.slice(0, name.indexOf('/')) : undefined;
  const classes = ordered(names.flatMap((name) => classOf(name) ?? []));
  const index = new Map(classes.map((name, i) => [name, i]));
  return {
    names: classes,
    key: `folders ${classes.join('/')}`,
    labelOf: (name) => index.get(classOf(name) ?? '/'),
    missing: localizable('Not in a subfolder, so it has no class'),
  };
}

const label = z.union([z.string(), z.number()]);
const jsonTable = z.union([z.record(z.string(), label), z.array(z.object({ file: z.string(), label }))]);

/**
 * @param names of the existing images: a class without images is dropped
 * @throws `DataError` that names the file
 */
export async function labelsFromFile(file: string, names: readonly string[]): Promise<Labelling> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (isUtf16(bytes))
    throw new DataError(
      localizable('{0} is encoded as {1}.', file, 'UTF-16'),
      localizable('Save it as UTF-8, in Excel as "CSV UTF-8".'),
    );
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const rows = extname(file).toLowerCase() === '.json' ? jsonRows(file, text) : csvRows(file, text);
  const classOf = classesByPath(file, rows);
  const classes = ordered(names.flatMap((name) => classOf.get(name) ?? []));
  const index = new Map(classes.map((name, i) => [name, i]));
  return {
    names: classes,
    key: createHash('sha256').update(text).digest('hex'),
    labelOf: (name) => index.get(classOf.get(name) ?? ''),
    missing: localizable('No label in {0}', file),
  };
}

/** Recognised by a byte order mark, or by the zero byte of a first character from ASCII. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if (second === undefined) return false;
  return (
    first === 0 || second === 0 || (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  );
}

/** Throws `DataError` if an image has two different labels. */
function classesByPath(file: string, rows: readonly Row[]): ReadonlyMap<string, string> {
  const classes = new Map<string, string>();
  for (const [written, name] of rows) {
    const path = written.replaceAll('\\', '/').replace(/^\.\//, '');
    const other = classes.get(path);
    if (other !== undefined && other !== name)
      throw new DataError(
        localizable('{0} gives {1} two labels, "{2}" and "{3}".', file, path, other, name),
        localizable('Keep one of the two.'),
      );
    classes.set(path, name);
  }
  return classes;
}

type Row = readonly [path: string, label: string];

function jsonRows(file: string, text: string): Row[] {
  const remedy = localizable(
    'Write {0} or {1}.',
    '{"cats/1.png": "cat", …}',
    '[{"file": "cats/1.png", "label": "cat"}, …]',
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataError(localizable('{0} is not valid JSON: {1}.', file, describeError(error)), remedy, {
      cause: error,
    });
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined)
    throw new DataError(
      localizable('{0} has the key {1} twice, again in line {2}.', file, repeated.key, repeated.line),
      localizable('Keep one of the two.'),
    );
  const parsed = jsonTable.safeParse(value);
  if (!parsed.success) throw new DataError(localizable('{0} is not a table of labels.', file), remedy);
  return Array.isArray(parsed.data)
    ? parsed.data.map((row) => [row.file, String(row.label)])
    : Object.entries(parsed.data).map(([path, name]) => [path, String(name)]);
}

/** The first key that an object contains again, which JSON.parse would silently overwrite. */
function repeatedKey(text: string): { readonly key: string; readonly line: number } | undefined {
  const open: Set<string>[] = [];
  let repeated: { readonly key: string; readonly line: number } | undefined;
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (key, _offset, _length, line) => {
      const keys = open.at(-1);
      if (keys?.has(key)) repeated ??= { key: JSON.stringify(key), line: line + 1 };
      keys?.add(key);
    },
  });
  return repeated;
}

const csvTable = z.array(z.array(z.string()));

/** Two columns, path and label; a first line starting with "file", "path", "name" or "image" is a heading. */
function csvRows(file: string, text: string): Row[] {
  let table: string[][];
  try {
    table = csvTable.parse(parse(text, { trim: true, skipEmptyLines: true }));
  } catch (error) {
    throw new DataError(
      localizable('{0} is not valid CSV: {1}.', file, describeError(error)),
      localizable('Write one line per image, such as {0}.', '"cats/1.png,cat"'),
      { cause: error },
    );
  }
  const isHeading =
    /^(?:file|path|name|image)/i.test(table[0]?.[0] ?? '') && !/\.\w+$/.test(table[0]?.[0] ?? '');
  return table.slice(isHeading ? 1 : 0).map((cells, i) => {
    const [path, name] = cells;
    if (path === undefined || name === undefined)
      throw new DataError(
        localizable('{0} has only one column in row {1}.', file, i + (isHeading ? 2 : 1)),
        localizable('Write the path and the label, separated by a comma.'),
      );
    return [path, name];
  });
}

/** Unique names, sorted numerically if all are integers, otherwise alphabetically. */
function ordered(names: readonly string[]): string[] {
  const unique = [...new Set(names)];
  return unique.every((name) => /^-?\d+$/.test(name))
    ? unique.sort((a, b) => Number(a) - Number(b))
    : unique.sort((a, b) => (a < b ? -1 : 1));
}
