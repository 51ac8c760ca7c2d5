/** The course: the list of lessons, and the lesson that is open. */
import 'katex/dist/katex.min.css';
import './style.css';
import type { LessonSummary, ToCoursePage } from '../../src/shared/course-protocol';
import { element, icon } from '../shared/dom';
import { t } from '../shared/texts';
import { keep, kept, listen, send } from './host';
import { LessonView } from './lesson-view';

const list = element('ol', { class: 'lesson-list' });
const done = element('p', { class: 'note', role: 'status' });
const chooser = element('select', { class: 'lesson-chooser', 'aria-label': t('Lesson') });
chooser.addEventListener('change', () => send({ type: 'open', lesson: chooser.value }));
const main = element('main', { tabindex: '-1' });
const steps = element('nav', { class: 'neighbours', 'aria-label': t('Lessons') });
document.body.append(
  element(
    'div',
    { class: 'course' },
    element(
      'nav',
      { class: 'lessons', 'aria-label': t('Lessons') },
      element('h2', {}, t('Lessons')),
      list,
      done,
      chooser,
    ),
    element('div', { class: 'text' }, main, steps),
  ),
);

let lessons: readonly LessonSummary[] = [];
let open: string | undefined = kept()?.lesson;
let view: LessonView | undefined;

function lessonButton({ id, title, minutes, isDone }: LessonSummary): HTMLElement {
  const isOpen = id === open;
  const button = element(
    'button',
    { class: isOpen ? 'lesson-name open' : 'lesson-name', 'aria-current': isOpen ? 'page' : undefined },
    icon(isDone ? 'pass-filled' : 'circle-large-outline'),
    element('span', {}, title),
    element('span', { class: 'note' }, t('{0} min', minutes)),
  );
  button.addEventListener('click', () => send({ type: 'open', lesson: id }));
  return element('li', { class: isDone ? 'done' : '' }, button);
}

function neighbour(lesson: LessonSummary | undefined, name: string): HTMLElement {
  const button = element(
    'button',
    { class: 'link', hidden: lesson === undefined },
    `${name}: ${lesson?.title ?? ''}`,
  );
  button.addEventListener('click', () => {
    if (lesson !== undefined) send({ type: 'open', lesson: lesson.id });
  });
  return button;
}

function showList(): void {
  list.replaceChildren(...lessons.map(lessonButton));
  done.textContent = t('{0} of {1} done', lessons.filter(({ isDone }) => isDone).length, lessons.length);
  chooser.replaceChildren(
    ...lessons.map(({ id, title, isDone }) =>
      element('option', { value: id, selected: id === open }, `${title}${isDone ? ' ✓' : ''}`),
    ),
  );
  const index = lessons.findIndex(({ id }) => id === open);
  steps.replaceChildren(
    neighbour(lessons[index - 1], t('Previous')),
    neighbour(index < 0 ? undefined : lessons[index + 1], t('Next')),
  );
}

function receive(message: ToCoursePage): void {
  switch (message.type) {
    case 'lessons':
      lessons = message.lessons;
      showList();
      break;
    case 'lesson': {
      const isOther = open !== message.id;
      open = message.id;
      keep({ lesson: open });
      view?.dispose();
      view = new LessonView(message.text, message);
      main.replaceChildren(view.root);
      if (isOther) window.scrollTo(0, 0);
      showList();
      break;
    }
    case 'runs':
      if (message.id === open) view?.showRuns(message.experiments, message.goals);
      break;
    case 'sample':
      view?.showSample(message.experiment, message.step, new Uint8Array(message.png));
      break;
    case 'picture':
      view?.showPicture(message.name, new Uint8Array(message.bytes));
      break;
  }
}

const ready = (): void => send({ type: 'ready' });
listen(receive, ready);
ready();
