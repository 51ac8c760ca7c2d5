/** Display options of the curves: x axis, smoothing, scale, zoom, table and exports. */
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import type { XAxis } from '../../../src/shared/dashboard-protocol';
import { element, iconButton } from '../../shared/dom';
import { t } from '../../shared/texts';
import type { Preferences } from '../preferences';

export interface ToolbarEvents {
  onXAxis(xAxis: XAxis): void;
  onSmoothing(smoothing: number): void;
  /** The appearance of the charts has changed. */
  onLook(change: Partial<Pick<Preferences, 'logarithmic' | 'allValues' | 'asTable' | 'averagesSeeds'>>): void;
  onZoom(direction: 'in' | 'out'): void;
  onWholeRun(): void;
  onPicture(): void;
  onExportValues(): void;
}

function axisLabels(): readonly (readonly [XAxis, string])[] {
  return [
    ['step', t('Step')],
    ['images', t('Examples')],
    ['seconds', t('Time')],
  ];
}

export interface Toolbar {
  readonly root: HTMLElement;
  /** Offers to average runs over seeds; undefined if there is no choice. */
  offerAverage(isAveraged: boolean | undefined): void;
}

export function makeToolbar(preferences: Preferences, events: ToolbarEvents): Toolbar {
  const average = checkbox(t('Average over seeds'), false, (averagesSeeds) =>
    events.onLook({ averagesSeeds }),
  );
  average.title = t(
    'Runs that differ by the seed alone are one line, with a band of ± the standard deviation',
  );
  average.hidden = true;
  const root = element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': t('Display options of the curves') },
    xAxisSelect(preferences.xAxis, events),
    smoothingSlider(preferences.smoothing, events),
    element(
      'span',
      { class: 'checks' },
      checkbox(t('Log scale'), preferences.logarithmic, (logarithmic) => events.onLook({ logarithmic })),
      checkbox(t('All values'), preferences.allValues, (allValues) => events.onLook({ allValues })),
      average,
    ),
    element(
      'span',
      { class: 'buttons' },
      iconButton('zoom-in', t('Zoom in (+)'), () => events.onZoom('in')),
      iconButton('zoom-out', t('Zoom out (−)'), () => events.onZoom('out')),
      iconButton('screen-full', t('Show the whole run (0)'), events.onWholeRun),
      tableButton(preferences.asTable, events),
      iconButton('device-camera', t('Save the charts as an image'), events.onPicture),
      iconButton('desktop-download', t('Export all values as CSV'), events.onExportValues),
    ),
  );
  return {
    root,
    offerAverage(isAveraged) {
      average.hidden = isAveraged === undefined;
      average.checked = isAveraged === true;
    },
  };
}

function xAxisSelect(chosen: XAxis, { onXAxis }: ToolbarEvents): HTMLElement {
  const select = element('vscode-single-select', {
    label: t('x axis'),
    'aria-label': t('x axis'),
    class: 'x-axis',
  });
  for (const [value, label] of axisLabels())
    select.append(element('vscode-option', { value, selected: value === chosen }, label));
  select.addEventListener('change', () => {
    const value = axisLabels().find(([axis]) => axis === select.value)?.[0];
    if (value !== undefined) onXAxis(value);
  });
  // The element does not close its list when the focus moves on; clicking the list does not move the focus.
  select.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget !== null) select.open = false;
  });
  window.addEventListener('blur', () => {
    select.open = false;
  });
  return select;
}

function smoothingSlider(chosen: number, { onSmoothing }: ToolbarEvents): HTMLElement {
  const shown = element('output', { class: 'smoothing-value' }, chosen.toFixed(2));
  const slider = element('input', {
    type: 'range',
    min: '0',
    max: '0.99',
    step: '0.01',
    value: String(chosen),
    'aria-label': t('Smoothing'),
  });
  slider.addEventListener('input', () => {
    shown.textContent = slider.valueAsNumber.toFixed(2);
    onSmoothing(slider.valueAsNumber);
  });
  return element('label', { class: 'smoothing' }, t('Smoothing'), slider, shown);
}

function checkbox(
  label: string,
  checked: boolean,
  onChange: (checked: boolean) => void,
): HTMLElementTagNameMap['vscode-checkbox'] {
  const made = element('vscode-checkbox', { label, checked });
  made.addEventListener('change', () => onChange(made.checked));
  return made;
}

function tableButton(asTable: boolean, { onLook }: ToolbarEvents): HTMLElement {
  const button = element('vscode-toolbar-button', {
    icon: 'table',
    label: t('Show the values as a table'),
    title: t('Show the values as a table'),
    toggleable: true,
    checked: asTable,
  });
  button.addEventListener('change', () => onLook({ asTable: button.checked }));
  return button;
}
