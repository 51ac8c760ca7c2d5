/** What an example says of itself, and what of its text a person's own experiment begins with. */

/** The comment that an example opens with, as one paragraph; empty where there is none. */
export function describePreset(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const begin = lines.findIndex((line) => line.startsWith('//'));
  if (begin < 0) return '';
  const length = lines.slice(begin).findIndex((line) => !line.startsWith('//'));
  return lines
    .slice(begin, length < 0 ? undefined : begin + length)
    .map((line) => line.replace(/^\/\/\s*/, ''))
    .join(' ');
}

/** The editor knows the schema by the file's name; the path in an example is that of the product. */
export function withoutSchema(text: string): string {
  return text.replace(/^[ \t]*"\$schema"[^\n]*\n/m, '');
}
