/** Widths of text in terminals, where Chinese characters take two columns. */

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** A word or a wide character, with the spaces before it and the punctuation after it, which begins no line. */
const PIECE =
  /\s*(?:[\u2e80-\u2fff\u3003-\ua4cf\uac00-\ud7a3\uf900-\ufaff]|[^\s\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01\uff09\uff0c\uff1a\uff1b\uff1f]+)[\u3001\u3002\uff01\uff09\uff0c\uff1a\uff1b\uff1f]*|[\u3001\u3002\uff01\uff09\uff0c\uff1a\uff1b\uff1f]+/g;

/** In columns. */
export function textWidth(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** Same as `padEnd`, in columns. */
export function padEndTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Same as `padStart`, in columns. */
export function padStartTo(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

/** Breaks lines at spaces and between wide characters; longer words stay whole. */
export function wrapText(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  const lines = [''];
  for (const piece of line.match(PIECE) ?? []) {
    const last = lines.at(-1) ?? '';
    if (last === '' || textWidth(last + piece) <= width) lines[lines.length - 1] = last + piece;
    else lines.push(piece.trimStart());
  }
  return lines.join('\n');
}
