/** The dashboard of one run. */
import type { HostMessage, RunNews } from '../../src/shared/dashboard-protocol';
import { isLive, type RunRecord } from '../../src/shared/run-format';
import { element, icon } from '../shared/dom';
import { t, translatedOr } from '../shared/texts';
import { applicable } from './applicable-config';
import { configSection } from './config';
import { dataSourceOf } from './curves/curve-data';
import { CurveSection } from './curves/section';
import { FindingsList } from './findings';
import { FinishedRun } from './finished-run';
import { followHeadHeight } from './head-height';
import { Header } from './header';
import { keep, keptPlace, keptPreferences, send } from './host';
import { runLook } from './run-look';
import { SampleSection } from './samples/section';

export class RunPage {
  readonly root: HTMLElement;
  readonly #header = new Header({
    onControl: (request) => send({ type: 'control', run: 0, request }),
    onAction: (action) => send({ type: 'act', run: 0, action }),
    onOpenExperiment: () => send({ type: 'openExperiment', run: 0 }),
    onLabels: (labels) => send({ type: 'labels', run: 0, labels }),
    onExplore: () => send({ type: 'exploreLatents', run: 0 }),
  });
  readonly #curves: CurveSection;
  readonly #samples: SampleSection;
  readonly #finished = new FinishedRun((action) => send({ type: 'act', run: 0, action }));
  readonly #findings = new FindingsList(({ rule, step }, change) =>
    send({ type: 'applyFinding', run: 0, rule, step, change }),
  );
  readonly #config = element('div', {});
  readonly #loading = element(
    'div',
    { class: 'whole-page', role: 'status' },
    icon('loading codicon-modifier-spin whole-page-icon'),
    element('p', {}, t('Reading the run…')),
  );
  readonly #page: HTMLElement;
  #record: RunRecord | undefined;
  readonly #damaged = element('div', { class: 'whole-page', hidden: true });

  constructor(name: string) {
    const looks = [runLook(0, name)];
    const { range, sampleStep } = keptPlace();
    this.#curves = new CurveSection(looks, keptPreferences(), range, {
      onView: (view, shown) => {
        keep({ range: shown });
        send({ type: 'view', view });
      },
      onPreferences: keep,
      onPick: (step) => this.#samples.goTo(step),
      onExportValues: () => send({ type: 'exportCurves' }),
      onPicture: (png) => send({ type: 'savePicture', subject: 'curves', png }),
    });
    this.#samples = new SampleSection(looks, sampleStep, {
      onWanted: (run, step) => send({ type: 'sample', run, step }),
      onShown: (step) => this.#curves.mark(step),
      onChosen: (step) => keep({ sampleStep: step }),
      onPicture: (png, step) => send({ type: 'savePicture', subject: 'samples', step, png }),
    });
    this.#page = element(
      'div',
      { class: 'page', hidden: true },
      this.#header.root,
      this.#finished.root,
      this.#findings.root,
      element('main', {}, this.#curves.root, this.#samples.root),
      this.#config,
    );
    followHeadHeight(this.#header.root);
    this.root = element('div', {}, this.#loading, this.#damaged, this.#page);
  }

  get view() {
    return this.#curves.view;
  }

  set isTrusted(isTrusted: boolean) {
    this.#header.isTrusted = isTrusted;
    this.#finished.isTrusted = isTrusted;
  }

  receive(message: Extract<HostMessage, RunNews>): void {
    switch (message.type) {
      case 'run':
        this.#record = message.record;
        this.#header.show(message);
        this.#finished.message = message;
        this.#curves.hasEnded = !isLive(message.status);
        if (this.#page.hidden) {
          this.#showOnly(this.#page);
          // Only now is the width known that determines the curves to request.
          send({ type: 'view', view: this.view });
        }
        break;
      case 'damaged':
        this.#damaged.replaceChildren(
          icon('warning whole-page-icon'),
          element('h1', {}, t('This run cannot be shown')),
          element('p', {}, translatedOr(message.said, message.problem)),
          element('p', { class: 'note' }, t('Checked again every few seconds.')),
        );
        this.#showOnly(this.#damaged);
        break;
      case 'config':
        this.#curves.show(0, dataSourceOf(message.config));
        this.#findings.config = message.config;
        this.#finished.source = dataSourceOf(message.config).dataSource;
        this.#config.replaceChildren(
          configSection(applicable(message.config, this.#record ?? {}), () =>
            send({ type: 'openConfig', run: 0 }),
          ),
        );
        break;
      case 'curves':
        this.#curves.show(0, { slice: message.slice });
        break;
      case 'findings':
        this.#header.hasChanges = message.findings.some(({ record }) => (record.changes ?? []).length > 0);
        this.#findings.show(message.findings.map(({ record }) => record));
        this.#curves.show(0, { findings: message.findings });
        break;
      case 'scores':
        this.#curves.show(0, { scores: message.scores });
        this.#finished.scores = message.scores.map(({ record }) => record);
        break;
      case 'samples':
        this.#samples.setSteps(0, message.steps);
        break;
      case 'sample':
        this.#samples.receive(0, message.step, message.content);
    }
  }

  #showOnly(shown: HTMLElement): void {
    for (const one of [this.#loading, this.#page, this.#damaged]) one.hidden = one !== shown;
  }
}
