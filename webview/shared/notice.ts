/** A message across the width of the page. */
import { element, icon } from './dom';

/** `remedy` tells the user what to do. */
export function notice(severity: 'error' | 'warning' | 'info', message: string, remedy: string): HTMLElement {
  return element(
    'div',
    { class: `notice ${severity}`, role: severity === 'error' ? 'alert' : 'status' },
    icon(severity),
    element('div', {}, element('p', { class: 'message' }, message), element('p', {}, remedy)),
  );
}
