/**
 * Entry point of the dashboard: creates the page for the panel's runs, and relays messages from the host.
 */
import '../shared/style.css';
import './dashboard.css';
import type { HostMessage } from '../../src/shared/dashboard-protocol';
import { element, iconButton } from '../shared/dom';
import { notice } from '../shared/notice';
import { t, translatedOr } from '../shared/texts';
import { keep, listen, requestEverything } from './host';
import { DashboardPage } from './page';

const refusals = element('div', { class: 'refusals' });
document.body.append(refusals);
let page: DashboardPage | undefined;

/** Returns the last part of a path of any platform. */
function nameOf(folder: string): string {
  return folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder;
}

function open(folders: readonly string[]): DashboardPage {
  keep({ folders });
  const made = new DashboardPage(folders.map(nameOf));
  made.appendTo(document.body);
  return made;
}

function receive(message: HostMessage): void {
  switch (message.type) {
    case 'panel':
      page ??= open(message.folders);
      page.isTrusted = message.isTrusted;
      break;
    case 'refused': {
      const shown = notice(
        'error',
        translatedOr(message.said, message.problem),
        t('The rest of the dashboard is not affected.'),
      );
      shown.append(iconButton('close', t('Close'), () => shown.remove()));
      refusals.replaceChildren(shown);
      break;
    }
    default:
      page?.receive(message);
  }
}

listen(receive, requestEverything);
requestEverything();
