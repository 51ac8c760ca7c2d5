/** Formats tags and notes for an input box, which has a single line. */

/** Represents a line break in a note. */
export const NEW_LINE = '⏎';

/** Tags are separated by commas; a leading `#`, as the tree shows it, is dropped, and duplicates count once. */
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
