/** The dashboard's entry: puts the sections onto the page and carries messages between them and the host. */
import './style.css';
import type { HostMessage } from '../src/shared/dashboard-protocol';
import { configSection } from './config';
import { CurveSection } from './curves/section';
import { element, icon } from './dom';
import { findingsList } from './findings';
import { Header, notice } from './header';
import { keep, keptPreferences, listen, send } from './host';
import { SampleSection } from './samples/section';

const REFUSAL_SHOWN_MS = 8_000;

const header = new Header((request) => send({ type: 'control', request }));
const curves = new CurveSection(keptPreferences(), {
  onView: (view) => send({ type: 'view', view }),
  onPreferences: keep,
});
const samples = new SampleSection({
  onWanted: (step) => send({ type: 'sample', step }),
  onShown: (step) => curves.mark(step),
});
const findings = element('div', {});
const config = element('div', {});
const refusals = element('div', { class: 'refusals' });
const loading = element(
  'div',
  { class: 'whole-page', role: 'status' },
  icon('loading codicon-modifier-spin whole-page-icon'),
  element('p', {}, 'Reading the run…'),
);
const page = element(
  'div',
  { class: 'page', hidden: true },
  header.root,
  findings,
  element('main', {}, curves.root, samples.root),
  config,
);
const damaged = element('div', { class: 'whole-page', hidden: true });

function showOnly(shown: HTMLElement): void {
  for (const one of [loading, page, damaged]) one.hidden = one !== shown;
}

function receive(message: HostMessage): void {
  switch (message.type) {
    case 'run':
      keep({ folder: message.folder });
      header.show(message);
      if (page.hidden) {
        showOnly(page);
        // Only now the width is known for which curves are asked.
        send({ type: 'view', view: curves.view });
      }
      break;
    case 'damaged':
      keep({ folder: message.folder });
      damaged.replaceChildren(
        icon('warning whole-page-icon'),
        element('h1', {}, 'This run cannot be shown'),
        element('p', {}, message.problem),
        element('p', { class: 'note' }, 'It is looked for again every few seconds.'),
      );
      showOnly(damaged);
      break;
    case 'config':
      config.replaceChildren(configSection(message.config, () => send({ type: 'openConfig' })));
      break;
    case 'curves':
      curves.show(message.slice);
      break;
    case 'findings':
      findings.replaceChildren(...(message.findings.length > 0 ? [findingsList(message.findings)] : []));
      break;
    case 'samples':
      samples.setSteps(message.steps);
      break;
    case 'sample':
      samples.receive(message.step, message.content);
      break;
    case 'refused': {
      const shown = notice('error', message.problem, 'The rest of the dashboard goes on.');
      refusals.replaceChildren(shown);
      setTimeout(() => shown.remove(), REFUSAL_SHOWN_MS);
    }
  }
}

document.body.append(refusals, loading, damaged, page);
const askForEverything = (): void => send({ type: 'ready', view: curves.view });
listen(receive, askForEverything);
askForEverything();
