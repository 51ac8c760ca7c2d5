/**
 * The questions of a lesson with a student's answers. They are numbered as the course page numbers them, which finds
 * them in the rendered text: lists of check boxes are predictions, and paragraphs with a pencil ask for words.
 */
import type { LessonProgress } from './progress';

const CHOICE = /^[-*] \[ \]\s+/;
const PENCIL = '✎';

export interface AnsweredQuestion {
  /** Markdown. */
  readonly question: string;
  /** Of a prediction: the choices as Markdown. */
  readonly choices?: readonly string[];
  /** Markdown of the choice, or the student's words; undefined if there is none yet. */
  readonly answer?: string;
}

/** In the order of the text. */
export function answeredQuestions(
  text: string,
  { predictions, answers }: LessonProgress,
): readonly AnsweredQuestion[] {
  const found: AnsweredQuestion[] = [];
  let [prediction, words] = [0, 0];
  let before = '';
  for (const block of text.split(/\n{2,}/).map((one) => one.trim())) {
    const choices = choicesIn(block);
    if (choices !== undefined) {
      const answer = choices[predictions[prediction++] ?? -1];
      found.push({ question: inOneLine(before), choices, ...(answer === undefined ? {} : { answer }) });
    } else if (block.startsWith(PENCIL)) {
      const answer = answers[words++]?.trim();
      const question = inOneLine(block.slice(PENCIL.length));
      found.push({ question, ...(answer === undefined || answer === '' ? {} : { answer }) });
    }
    before = block;
  }
  return found;
}

/** Undefined if the block is no list of check boxes. */
function choicesIn(block: string): readonly string[] | undefined {
  const items = block.split(/\n(?=[-*] )/);
  return items.every((item) => CHOICE.test(item))
    ? items.map((item) => inOneLine(item.replace(CHOICE, '')))
    : undefined;
}

function inOneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ');
}
