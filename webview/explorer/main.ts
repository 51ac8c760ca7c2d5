/** Entry point of the latent explorer: shows the page that matches the host's messages, and relays messages. */
import './style.css';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { FromExplorer, ToExplorerPage } from '../../src/shared/explorer-protocol';
import { element, icon } from '../shared/dom';
import { acceptDrops } from '../shared/dropped-images';
import { notice } from '../shared/notice';
import { t } from '../shared/texts';
import { ExplorerPage, type KeptExploration } from './explorer-page';
import { keep, kept, listen, send } from './host';

const whole = element('div', { class: 'whole-page' });
const notices = element('div', { class: 'notices' });
let page: ExplorerPage | undefined;
let name = '';
let runFolder = '';
let step: number | undefined;

function showWhole(iconName: string, title: string, ...rest: readonly HTMLElement[]): void {
  page?.root.remove();
  page = undefined;
  whole.replaceChildren(icon(`${iconName} whole-page-icon`), element('h1', {}, title), ...rest);
  whole.hidden = false;
}

function button(text: string, act: () => void): HTMLElement {
  const made = element('vscode-button', {}, text);
  made.addEventListener('click', act);
  return made;
}

function keepState(exploration: KeptExploration): void {
  keep({ runFolder, ...(step === undefined ? {} : { step }), ...exploration });
}

function showFailure({
  kind,
  message,
  remedy,
}: Extract<FromExplorer<string>, { readonly type: 'failed' }>): void {
  const reason = element('p', {}, message);
  if (kind === 'noLatents')
    showWhole(
      'symbol-misc',
      t('This generator has no latents'),
      element(
        'p',
        {},
        t(
          'It generates from input images, not from random latents, so there is no latent space to explore. The dashboard shows its output for held-out images.',
        ),
      ),
      button(t('Open Dashboard'), () => send({ type: 'openDashboard' })),
    );
  else if (kind === 'untrusted')
    showWhole(
      'workspace-untrusted',
      t('This run requires Workspace Trust'),
      element('p', {}, t('Restricted Mode does not run the custom networks of a run or read its dataset.')),
      button(t('Manage Workspace Trust'), () => send({ type: 'trust' })),
    );
  else if (page === undefined)
    showWhole(
      'warning',
      t('Cannot explore the latents of this run'),
      reason,
      element('p', { class: 'note' }, remedy),
      button(t('Try again'), () => send({ type: 'again' })),
    );
  else notices.replaceChildren(notice('error', message, remedy));
}

function receive(message: ToExplorerPage): void {
  switch (message.type) {
    case 'panel': {
      ({ name, runFolder, step } = message);
      const before = kept();
      keep({
        ...(before?.runFolder === runFolder ? before : {}),
        runFolder,
        ...(step === undefined ? {} : { step }),
      });
      showWhole(
        'loading codicon-modifier-spin',
        name,
        element('p', { role: 'status' }, t('Loading the generator…')),
      );
      break;
    }
    case 'opened': {
      notices.replaceChildren();
      step = message.facts.step;
      if (page === undefined) {
        page = new ExplorerPage(name, message.facts, kept() ?? { runFolder }, keepState);
        whole.hidden = true;
        document.body.append(page.root);
      } else page.reopen(message.facts);
      break;
    }
    case 'failed':
      showFailure(message);
      break;
    default:
      page?.receive(message);
  }
}

document.body.append(notices, whole);
acceptDrops({
  hint: t('Drop an image to find its latent'),
  remedy: t('Use Invert Image… for it.'),
  isAccepting: () => page?.canInvert === true,
  onDrop: (dropped) => send({ type: 'drop', dropped }),
});
listen(receive);
send({ type: 'ready' });
