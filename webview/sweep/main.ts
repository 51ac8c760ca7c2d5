/** The page of a sweep: its trials in several views that share what is chosen and what is pointed at. */
import './style.css';
import type { ComparedAt, SweepPageState, SweepView, ToSweepPage } from '../../src/shared/sweep-protocol';
import { element, icon } from '../shared/dom';
import { formatCount } from '../shared/format';
import { shortKeys } from '../shared/short-keys';
import { t, translatedOr } from '../shared/texts';
import { onThemeChange } from '../shared/theme';
import { hideCard, showCard } from './card';
import { SweepHead } from './head';
import { keep, kept, listen, send } from './host';
import { ImportanceBars } from './importance';
import { makeLegend } from './legend';
import { inOrder, isChosen, type Model, modelOf, type Row } from './model';
import { ParallelPlot } from './parallel';
import { ProgressPlot } from './progress-plot';
import { BestSamples } from './samples';
import { Scatter } from './scatter';
import { BY_RANK, TrialTable } from './table';
import { objectiveTitle } from './texts-of-trial';
import type { Shown, View, ViewActions } from './view';

let state: Omit<SweepPageState, 'folder'> = kept() ?? {};
let sweep: SweepView | undefined;
let queued: string | undefined;
let model: Model | undefined;
let pointed: number | undefined;
let brushes = new Map(Object.entries(state.brushes ?? {}));

const actions: ViewActions = {
  point(row, at) {
    const before = pointed;
    pointed = row?.trial.trial;
    if (row === undefined || at === undefined || model === undefined) hideCard();
    else showCard(row, model, at);
    if (pointed === before) return;
    withShown((shown) => {
      for (const view of views) view.showPointed(shown);
    });
  },
  open({ trial }: Row) {
    const [run] = trial.runs;
    if (run !== undefined) send({ type: 'openRun', folder: run.folder });
  },
  startFrom: ({ trial }) => send({ type: 'startFrom', trial: trial.trial }),
  brush(key, range) {
    if (range === undefined) brushes.delete(key);
    else brushes.set(key, range);
    change({ brushes: Object.fromEntries(brushes) });
    showChosen();
  },
  reorder(order) {
    change({ order });
    withShown((shown) => parallel.show(shown));
  },
};

function compareAt(at: ComparedAt): void {
  change({ at });
  send({ type: 'compareAt', at });
  showAll();
}

const head = new SweepHead({
  onCompareAt: compareAt,
  onStop: () => send({ type: 'stop' }),
  onResume: () => send({ type: 'resume' }),
});
const parallel = new ParallelPlot(actions);
const table = new TrialTable(state.sorting ?? BY_RANK, actions, (sorting) => change({ sorting }));
const scatter = new Scatter(state.scattered, actions, (scattered) => change({ scattered }));
const progress = new ProgressPlot(actions);
const samples = new BestSamples(actions, (folders) => send({ type: 'showSamples', folders }));
const views: readonly View[] = [parallel, scatter, progress, samples, table];
const importance = new ImportanceBars({
  onCompareAt: compareAt,
  onChoose(scattered) {
    change({ scattered });
    scatter.choose(scattered);
  },
});

const chosenCount = element('span', { class: 'note', role: 'status' });
const clear = element('button', { class: 'link', hidden: true }, t('Clear Filter'));
clear.addEventListener('click', () => {
  brushes = new Map();
  change({ brushes: {} });
  showChosen();
});
const legend = element('div', { class: 'legend' });
const message = element(
  'div',
  { class: 'whole-page', role: 'status' },
  icon('loading codicon-modifier-spin whole-page-icon'),
  element('p', {}, t('Reading the sweep…')),
);
const empty = element('p', { class: 'note' }, t('No trial has begun yet.'));
const sections = element(
  'main',
  { class: 'sweep' },
  element(
    'section',
    { class: 'wide' },
    element('div', { class: 'section-head' }, element('h2', {}, t('Trials')), chosenCount, clear),
    parallel.root,
    legend,
  ),
  element('div', { class: 'panels' }, importance.root, scatter.root, progress.root),
  samples.root,
  element('section', { class: 'wide' }, table.root),
);
const page = element('div', { class: 'page', hidden: true }, head.root, empty, sections);
document.body.append(message, page);

function change(some: Partial<SweepPageState>): void {
  state = { ...state, ...some };
  if (sweep !== undefined) keep({ ...state, folder: sweep.folder });
}

function withShown(use: (shown: Shown) => void): void {
  if (model === undefined) return;
  const chosen = model.rows.filter((row) => isChosen(row, brushes)).map(({ trial }) => trial.trial);
  const order = inOrder(model.axes, state.order ?? []).map(({ key }) => key);
  use({ model, order, brushes, chosen: new Set(chosen), pointed });
}

function showChosen(): void {
  withShown((shown) => {
    for (const view of views) view.showChosen(shown);
    showCount(shown);
  });
}

function showCount({ model: { rows }, chosen, brushes: ranges }: Shown): void {
  chosenCount.textContent =
    ranges.size === 0
      ? t('Drag along an axis to choose trials, and its title to move it.')
      : t('{0} of {1} trials', formatCount(chosen.size), formatCount(rows.length));
  clear.hidden = ranges.size === 0;
}

function showAll(): void {
  if (sweep === undefined) return;
  const at = state.at ?? 'end';
  model = modelOf(sweep, at, {
    parameters: shortKeys(sweep.parameters.map(({ key }) => key)),
    objective: objectiveTitle(sweep),
  });
  head.show(sweep, at, queued);
  empty.hidden = model.rows.length > 0;
  sections.hidden = model.rows.length === 0;
  legend.replaceChildren(...makeLegend(model));
  withShown((shown) => {
    for (const view of views) view.show(shown);
    showCount(shown);
  });
}

function receive(news: ToSweepPage): void {
  switch (news.type) {
    case 'sweep':
      ({ sweep, queued } = news);
      page.hidden = false;
      message.hidden = true;
      change({});
      showAll();
      return;
    case 'importance': {
      const [first] = news.importance.parameters.toSorted((a, b) => b.share - a.share);
      if (sweep !== undefined) importance.show(news.importance, sweep);
      if (first !== undefined) scatter.suggest(first.key);
      return;
    }
    case 'thumbnail':
      samples.receive(news.folder, news.thumbnail);
      return;
    case 'unreadable':
      page.hidden = true;
      message.hidden = false;
      message.replaceChildren(
        icon('warning whole-page-icon'),
        element('h1', {}, t('The sweep cannot be read')),
        element('p', {}, translatedOr(news.said, news.problem)),
      );
      return;
  }
}

const ready = (): void => {
  samples.restart();
  send({ type: 'ready', at: state.at ?? 'end' });
};
listen(receive, ready);
onThemeChange(showAll);
ready();
