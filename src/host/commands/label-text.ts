/** How tags and notes stand in an input box, which has one line. */

/** Stands for a new line of a note. */
export const NEW_LINE = '⏎';

/** Tags are separated by commas; a `#` before one, as the tree shows it, is no part of it, and each counts once. */
export function tagsOf(line: string): string[] {
  const tags = line.split(',').map((tag) => tag.trim().replace(/^#+\s*/, ''));
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

export function lineOf(note: string): string {
  return note.replaceAll(/\r?\n/g, NEW_LINE);
}

export function noteOf(line: string): string {
  return line.replaceAll(NEW_LINE, '\n').trim();
}
