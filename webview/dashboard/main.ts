/**
 * Entry point of the dashboard: creates the page that matches the panel's runs, and relays messages to and from the
 * host.
 */
import '../shared/style.css';
import type { HostMessage } from '../../src/shared/dashboard-protocol';
import { element, iconButton } from '../shared/dom';
import { t, translatedOr } from '../shared/texts';
import { ComparisonPage } from './comparison/page';
import { curveView } from './curves/view';
import { notice } from './header';
import { keep, keptPlace, keptPreferences, listen, send } from './host';
import { RunPage } from './run-page';

/** Number of points requested before the page has a width. */
const FIRST_BUCKETS = 800;

const refusals = element('div', { class: 'refusals' });
document.body.append(refusals);
let page: RunPage | ComparisonPage | undefined;

/** Returns the last part of a path of any platform. */
function nameOf(folder: string): string {
  return folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder;
}

function open(folders: readonly string[]): RunPage | ComparisonPage {
  keep({ folders });
  const names = folders.map(nameOf);
  const [name = ''] = names;
  const made = names.length === 1 ? new RunPage(name) : new ComparisonPage(names);
  document.body.append(made.root);
  // Only now is the width known that determines the curves to request.
  if (made instanceof ComparisonPage) send({ type: 'view', view: made.view });
  return made;
}

function receive(message: HostMessage): void {
  switch (message.type) {
    case 'panel':
      page ??= open(message.folders);
      if (page instanceof RunPage) page.isTrusted = message.isTrusted;
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

const askForEverything = (): void => {
  const { xAxis } = keptPreferences();
  send({ type: 'ready', view: page?.view ?? curveView(xAxis, keptPlace().range, FIRST_BUCKETS) });
};
listen(receive, askForEverything);
askForEverything();
