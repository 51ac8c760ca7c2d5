/** What a report says of the lesson that its runs belong to: goals, and the student's answers. */
import type { CheckedGoal } from '../../course/check';
import type { AnsweredQuestion } from '../../course/questions';
import type { GoalState } from '../../shared/course-protocol';
import { inline } from './inline';
import { html, type Markup } from './markup';
import type { Words } from './texts';

export interface ReportedLesson {
  readonly title: string;
  readonly goals: readonly CheckedGoal[];
  readonly questions: readonly AnsweredQuestion[];
}

const MARKS: Readonly<Record<GoalState, string>> = { met: '✓', unmet: '✗', waiting: '…' };

export function lessonSection(
  { title, goals, questions }: ReportedLesson,
  author: string | undefined,
  words: Words,
): Markup {
  const { t, say } = words;
  return html`<section class="lesson"><header><h1>${title}</h1>
${author === undefined ? undefined : html`<p class="author">${author}</p>`}</header>
<h2>${t('Goals')}</h2>
<ul class="goals">${goals.map(
    ({ title: goal, state, found }) =>
      html`<li class="${state}"><span class="mark">${MARKS[state]}</span><div>${say(goal)}<p class="note">${say(found)}</p></div></li>`,
  )}</ul>
<h2>${t('Questions and answers')}</h2>
${questions.map((question) => answered(question, words))}</section>`;
}

function answered({ question, choices, answer }: AnsweredQuestion, { t }: Words): Markup {
  const missing = html`<p class="note">${t('Not answered')}</p>`;
  const given = answer === undefined ? missing : html`<p class="answer">${answer}</p>`;
  const chosen = choices?.map(
    (choice) => html`<li class="${choice === answer ? 'chosen' : ''}">${inline(choice)}</li>`,
  );
  return html`<div class="question"><p class="asked">${inline(question)}</p>
${chosen === undefined ? given : html`<ul class="choices">${chosen}</ul>${answer === undefined ? missing : undefined}`}</div>`;
}
