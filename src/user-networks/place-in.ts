/** Locates an error in a user's module, as far as Node.js reports it. */

import { pathToFileURL } from 'node:url';
import { NodeProcessError, runNode } from '../shared/node-process';

/** Returns the innermost line of a stack trace that is in the module's folder: `nets.mjs:12:7`. */
export function placeIn(file: string, error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const folder = new URL('.', pathToFileURL(file)).href;
  const line = stack.split('\n').find((text) => text.includes(folder) && !text.includes('/node_modules/'));
  const place = line?.slice(line.indexOf(folder) + folder.length).replace(/\)\s*$/, '');
  return place?.replace(/\?[0-9a-f]*/, '');
}

const COMPLAINT = /:(\d+)\n[\s\S]*^(SyntaxError: .*)$/m;

/**
 * Returns a module's syntax error with its line: an import reports only the message, so this runs Node.js to check the
 * file. Undefined if it finds none.
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
