/** Comments of an experiment in another language; a block of comment lines is one text. */
import { wrapText } from './text-width';

const BLOCK = /(?:^[ \t]*\/\/.*\n)+/gm;
/** Columns of a line. */
const WIDTH = 120;

/** The texts of all comments, each in one line. */
export function commentsIn(experiment: string): readonly string[] {
  return [...experiment.matchAll(BLOCK)].map(([block]) => textOf(block));
}

/** @param translate returns a text that it does not know as it is, which then keeps its lines */
export function translateComments(experiment: string, translate: (text: string) => string): string {
  return experiment.replace(BLOCK, (block) => {
    const text = textOf(block);
    const translated = translate(text);
    if (translated === text) return block;
    const begin = `${/^[ \t]*/.exec(block)?.[0] ?? ''}// `;
    const lines = wrapText(translated, WIDTH - begin.length).split('\n');
    return lines.map((line) => `${begin}${line}\n`).join('');
  });
}

function textOf(block: string): string {
  return block
    .split('\n')
    .map((line) => line.replace(/^\s*\/\/ ?/, ''))
    .join(' ')
    .trim();
}
