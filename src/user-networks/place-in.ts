/** Where in a person's module something went wrong, as far as Node.js tells. */

import { pathToFileURL } from 'node:url';
import { NodeProcessError, runNode } from '../shared/node-process';

/** The innermost line of a stack trace that lies in the module or beside it: `nets.mjs:12:7`. */
export function placeIn(file: string, error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const folder = new URL('.', pathToFileURL(file)).href;
  const line = stack.split('\n').find((text) => text.includes(folder) && !text.includes('/node_modules/'));
  const place = line?.slice(line.indexOf(folder) + folder.length).replace(/\)\s*$/, '');
  return place?.replace(/\?[0-9a-f]*/, '');
}

const COMPLAINT = /:(\d+)\n[\s\S]*^(SyntaxError: .*)$/m;

/**
 * What is wrong with the syntax of a module, and in which line: an import only says what, so that Node.js is asked to
 * check the file. Undefined where it finds nothing.
 */
export async function syntaxError(file: string): Promise<string | undefined> {
  try {
    await runNode(['--check', file]);
    return undefined;
  } catch (error) {
    const said = error instanceof NodeProcessError ? error.stderr : '';
    const found = COMPLAINT.exec(said);
    return found === null ? undefined : `line ${found[1]}: ${found[2]}`;
  }
}
