/** The dataset page: progress of the import, the images as the network sees them, the survey, and the next steps. */
import './style.css';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type {
  DatasetPart,
  DatasetSummary,
  DatasetSurvey,
  ExamplePlace,
  FromDataset,
  ImageSize,
  ToDatasetPage,
} from '../../src/shared/dataset-protocol';
import { roughDuration } from '../../src/shared/rough-duration';
import { element, icon } from '../shared/dom';
import { formatCount, formatDuration } from '../shared/format';
import { notice } from '../shared/notice';
import { t, translated } from '../shared/texts';
import { keep, listen, send } from './host';
import { ImageGrid } from './image-grid';
import { channelSection, classSection, duplicateSection, skippedSection } from './survey';

const heading = element('h1', {});
const file = element('button', { class: 'link file', title: t('Open Experiment') });
file.addEventListener('click', () => send({ type: 'edit' }));
const facts = element('p', { class: 'facts' });
const progress = element('progress', { hidden: true });
const progressText = element('p', { class: 'note', role: 'status' });
const notices = element('div', {});
const cancel = element('button', { class: 'choice', hidden: true }, t('Cancel'));
cancel.addEventListener('click', () => send({ type: 'cancel' }));
const again = element('button', { class: 'link again' }, icon('refresh'), t('Refresh'));
again.addEventListener('click', () => send({ type: 'again' }));
const start = element('vscode-button', { icon: 'play' }, t('Start Training'));
start.addEventListener('click', () => send({ type: 'start' }));
const estimate = element('span', { class: 'estimate', role: 'status' });
const next = element('div', { class: 'next', hidden: true }, start, estimate);
const grid = new ImageGrid({ ask: (part, start, count) => send({ type: 'images', part, start, count }) });
const parts = element('div', { class: 'parts', role: 'group', 'aria-label': t('Part') });
const pictures = element(
  'section',
  { class: 'pictures' },
  element('div', { class: 'section-head' }, element('h2', {}, t('Images')), parts),
  grid.root,
);
const found = element('div', { class: 'found' });
const main = element('main', { hidden: true }, pictures, found);
document.body.append(
  element(
    'header',
    {},
    element('div', { class: 'head' }, heading, file, again),
    facts,
    next,
    progress,
    progressText,
    cancel,
    notices,
  ),
  main,
);

interface Part {
  readonly part: DatasetPart;
  readonly label: string;
  readonly count: number;
  /** Size of the given images, if the part consists of those. */
  readonly given?: ImageSize;
}

let summary: DatasetSummary | undefined;
let shownPart: DatasetPart = 'train';

function timeText(seconds: number): string {
  const { value, unit } = roughDuration(seconds);
  switch (unit) {
    case 'seconds':
      return t('about {0} s on this machine', value);
    case 'minutes':
      return t('about {0} min on this machine', value);
    case 'hours':
      return t('about {0} h on this machine', value);
  }
}

/** `time` is set once measured, and stays undefined if measuring failed. */
function showEstimate(steps: number, time: string | undefined): void {
  next.hidden = false;
  const parts = [t('Steps: {0}', formatCount(steps)), ...(time === undefined ? [] : [time])];
  estimate.textContent = parts.join(' · ');
}

/** Only the import can be cancelled: afterwards the images are available. */
function showProgress(text: string, done: number, total: number, isImport: boolean): void {
  progress.hidden = false;
  cancel.hidden = !isImport;
  progress.max = Math.max(1, total);
  progress.value = done;
  progressText.textContent = text;
}

function hideProgress(): void {
  progress.hidden = true;
  cancel.hidden = true;
  progressText.textContent = '';
}

function sizeText({ width, height, channels }: ImageSize): string {
  switch (channels) {
    case 1:
      return t('{0}×{1} greyscale', width, height);
    case 3:
      return t('{0}×{1} RGB', width, height);
    default:
      return t('{0}×{1}, {2} channels', width, height, channels);
  }
}

function factsOf({ title, train, heldOut, image, input, classes, skippedCount }: DatasetSummary): string[] {
  return [
    translated(title),
    t('{0} for training', formatCount(train)),
    t('{0} held out', formatCount(heldOut)),
    ...(image === undefined ? [] : [sizeText(image)]),
    ...(input === undefined
      ? []
      : [
          input.isPaired
            ? t('paired with inputs of {0}', sizeText(input))
            : t('unpaired inputs of {0}', sizeText(input)),
        ]),
    ...(classes.length === 0
      ? []
      : [classes.length === 1 ? t('1 class') : t('{0} classes', formatCount(classes.length))]),
    ...(skippedCount === 0 ? [] : [t('{0} skipped', formatCount(skippedCount))]),
  ];
}

/** The parts that can be viewed: the examples, and for unpaired data the given images. */
function shownParts({ train, heldOut, given, input }: DatasetSummary): readonly Part[] {
  const examples: Part[] = [
    { part: 'train', label: t('Training set'), count: train },
    { part: 'heldOut', label: t('Held-out set'), count: heldOut },
  ];
  if (given === undefined || input === undefined) return examples;
  return [
    ...examples,
    { part: 'givenTrain', label: t('Inputs, training'), count: given.train, given: input },
    { part: 'givenHeldOut', label: t('Inputs, held out'), count: given.heldOut, given: input },
  ];
}

function showPart(part: DatasetPart): void {
  if (summary?.image === undefined) return;
  shownPart = part;
  const { image, input, classes } = summary;
  const choices = shownParts(summary).map(({ part: choice, label, count, given }) => {
    if (choice === part) {
      const { width, height } = given ?? image;
      const isPair = given === undefined && input?.isPaired === true;
      grid.show(
        part,
        count,
        { width: isPair ? 2 * width : width, height },
        given === undefined ? classes : [],
      );
    }
    const button = element('button', { class: 'choice', 'aria-pressed': String(choice === part) }, label);
    button.addEventListener('click', () => showPart(choice));
    return button;
  });
  parts.replaceChildren(...choices);
}

function showSummary(shown: DatasetSummary): void {
  summary = shown;
  facts.replaceChildren(...factsOf(shown).map((fact) => element('span', {}, fact)));
  main.hidden = false;
  pictures.hidden = shown.image === undefined;
  showPart('train');
  showEstimate(shown.steps, t('measuring the time…'));
  const skipped = skippedSection(shown);
  found.replaceChildren(...(skipped === undefined ? [] : [skipped]));
  showProgress(t('Inspecting the examples…'), 0, 1, false);
}

function choose({ part, index, name }: ExamplePlace): void {
  if (part !== shownPart) showPart(part);
  grid.select(index, name);
}

function showSurvey(survey: DatasetSurvey): void {
  hideProgress();
  if (summary === undefined) return;
  const skipped = skippedSection(summary);
  found.replaceChildren(
    ...(summary.classes.length === 0 ? [] : [classSection(summary.classes, survey.classCounts)]),
    channelSection(survey),
    duplicateSection(survey, choose),
    ...(skipped === undefined ? [] : [skipped]),
  );
}

function showFailure({
  message,
  remedy,
  missingData,
  unusable,
  needsTrust,
}: Extract<FromDataset<string>, { readonly type: 'failed' }>): void {
  hideProgress();
  const box = notice('error', message, remedy);
  if (missingData !== undefined) {
    const fetch = element('button', { class: 'choice' }, t('Fetch Data…'));
    fetch.addEventListener('click', () => send({ type: 'fetch', name: missingData }));
    box.append(fetch);
  }
  if (needsTrust === true) {
    const trust = element('button', { class: 'choice' }, t('Manage Workspace Trust'));
    trust.addEventListener('click', () => send({ type: 'trust' }));
    box.append(trust);
  }
  notices.replaceChildren(box);
  const skipped = unusable === undefined ? undefined : skippedSection(unusable);
  if (skipped === undefined) return;
  pictures.hidden = true;
  found.replaceChildren(skipped);
  main.hidden = false;
}

function showCancelled(): void {
  const hadFocus = document.activeElement === cancel;
  hideProgress();
  notices.replaceChildren(
    element('p', { class: 'notice', role: 'status' }, t('Import cancelled. Nothing was kept.')),
  );
  if (hadFocus) again.focus();
}

function receive(message: ToDatasetPage): void {
  switch (message.type) {
    case 'panel':
      keep({ experimentFile: message.file });
      heading.textContent = message.name;
      file.textContent = message.file.split(/[\\/]/).at(-1) ?? message.file;
      file.title = `${message.file}\n${t('Open Experiment')}`;
      main.hidden = true;
      next.hidden = true;
      summary = undefined;
      facts.replaceChildren();
      notices.replaceChildren();
      showProgress(t('Reading the data…'), 0, 1, true);
      break;
    case 'importing':
      notices.replaceChildren();
      showProgress(
        [
          t('Importing {0} of {1}', formatCount(message.done), formatCount(message.total)),
          t('{0} images/s', formatCount(message.imagesPerSecond)),
          t('{0} left', formatDuration(message.etaSeconds)),
          ...(message.skipped === 0 ? [] : [t('{0} skipped', formatCount(message.skipped))]),
        ].join(' · '),
        message.done,
        message.total,
        true,
      );
      break;
    case 'opened':
      showSummary(message.summary);
      break;
    case 'images':
      grid.receive(message);
      break;
    case 'surveying':
      showProgress(t('Inspecting the examples…'), message.done, message.total, false);
      break;
    case 'surveyed':
      showSurvey(message.survey);
      break;
    case 'estimated':
      if (summary !== undefined)
        showEstimate(summary.steps, message.seconds === undefined ? undefined : timeText(message.seconds));
      break;
    case 'cancelled':
      showCancelled();
      break;
    case 'failed':
      showFailure(message);
      break;
  }
}

listen(receive);
send({ type: 'ready' });
