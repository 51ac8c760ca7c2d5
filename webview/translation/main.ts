/** Images before and after a run has translated them, one pair at a time. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import './style.css';
import type { ToTranslationPage, Translation } from '../../src/shared/translation-protocol';
import { element, iconButton } from '../shared/dom';
import { acceptDrops } from '../shared/dropped-images';
import { formatCount } from '../shared/format';
import { t } from '../shared/texts';
import { keep, listen, send } from './host';
import { Slider } from './slider';

const title = element('h1');
const facts = element('div', { class: 'facts' });
const position = element('span', { class: 'position', role: 'status' });
const browsing = element(
  'div',
  { class: 'browsing' },
  iconButton('chevron-left', t('Previous image'), () => move(-1)),
  position,
  iconButton('chevron-right', t('Next image'), () => move(1)),
);
const slider = new Slider();
const run = element('button', { class: 'link' });
run.addEventListener('click', () => send({ type: 'openDashboard' }));

let translation: Translation | undefined;
let index = 0;

function button(icon: string, label: string, isMain: boolean, act: () => void): HTMLElement {
  const made = element('vscode-button', { icon, secondary: !isMain }, label);
  made.addEventListener('click', act);
  return made;
}

document.body.append(
  element(
    'header',
    {},
    element('div', { class: 'head' }, title, browsing),
    facts,
    element(
      'div',
      { class: 'actions' },
      button('folder-opened', t('Open Folder'), true, () => send({ type: 'openFolder' })),
      button('wand', t('Apply to More Images…'), false, () => send({ type: 'applyToMore' })),
      element('span', { class: 'note' }, t('or drop images here while holding Shift')),
    ),
  ),
  element('main', { class: 'translation' }, slider.root),
);
acceptDrops({
  hint: t('Drop images to apply the run to them'),
  remedy: t('Use Apply to Images… for them.'),
  isAccepting: () => translation !== undefined,
  onDrop: (dropped) => send({ type: 'drop', dropped }),
});

/** The first image follows the last. */
function move(by: number): void {
  const count = translation?.pairs.length ?? 1;
  index = (index + by + count) % count;
  show();
}

function show(): void {
  const pair = translation?.pairs[index];
  if (translation === undefined || pair === undefined) return;
  const { pairs, count } = translation;
  title.textContent = pair.to;
  title.title = `${pair.from} → ${pair.to}`;
  position.textContent = t('Image {0} of {1}', formatCount(index + 1), formatCount(count));
  browsing.hidden = pairs.length < 2;
  send({ type: 'pair', index });
}

function receive(message: ToTranslationPage): void {
  if (message.type === 'pair') {
    if (message.index === index) slider.show(message.input, message.output);
    return;
  }
  ({ translation } = message);
  const { step, skipped, pairs, count } = translation;
  keep(translation);
  run.textContent = message.name;
  facts.replaceChildren(
    run,
    element('span', {}, t('Step {0}', formatCount(step))),
    ...(skipped === 0
      ? []
      : [
          element('span', {}, t('Images that cannot be used: {0}; the log lists them', formatCount(skipped))),
        ]),
    ...(count === pairs.length
      ? []
      : [element('span', {}, t('The first {0} are shown', formatCount(pairs.length)))]),
  );
  index = 0;
  show();
}

listen(receive);
send({ type: 'ready' });
