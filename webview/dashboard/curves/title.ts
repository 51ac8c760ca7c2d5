/** The header of a chart: its title, its explanation, and the button to enlarge it. */
import { element, icon } from '../../shared/dom';
import { t } from '../../shared/texts';
import { type ChartDefinition, fullTitle } from './definitions';
import { hideTooltip, showTooltip } from './tooltip';

export interface ChartTitle {
  readonly root: HTMLElement;
  /** Shows the position of the cursor. */
  readonly position: HTMLElement;
  isEnlarged: boolean;
}

export function makeTitle(definition: ChartDefinition, onEnlarge: () => void): ChartTitle {
  const { title, score } = definition;
  const position = element('span', { class: 'position' });
  const enlarge = element('button', { class: 'chart-button' });
  enlarge.addEventListener('click', onEnlarge);
  const show = (isEnlarged: boolean): void => {
    const label = isEnlarged ? t('Close (Escape)') : t('Maximize {0}', fullTitle(definition));
    enlarge.replaceChildren(icon(isEnlarged ? 'close' : 'screen-full'));
    enlarge.title = label;
    enlarge.setAttribute('aria-label', label);
  };
  show(false);
  return {
    root: element(
      'figcaption',
      {},
      element('h3', {}, title),
      ...(score === undefined ? [] : [element('span', { class: 'protocol note' }, `(${score.caption})`)]),
      position,
      element('span', { class: 'chart-buttons' }, explanationButton(definition), enlarge),
    ),
    position,
    get isEnlarged() {
      return enlarge.firstElementChild?.classList.contains('codicon-close') ?? false;
    },
    set isEnlarged(isEnlarged) {
      show(isEnlarged);
    },
  };
}

/** The texts appear on hover and on focus; screen readers get them as the button's description. */
function explanationButton(definition: ChartDefinition): HTMLElement {
  const { explanation } = definition;
  const button = element(
    'button',
    {
      class: 'chart-button explanation',
      'aria-label': t('About {0}', fullTitle(definition)),
      'aria-description': explanation.join(' '),
    },
    icon('info'),
  );
  const show = (): void => showTooltip(explanation, button.getBoundingClientRect());
  for (const event of ['mouseenter', 'focus', 'click']) button.addEventListener(event, show);
  for (const event of ['mouseleave', 'blur']) button.addEventListener(event, hideTooltip);
  button.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hideTooltip();
  });
  return button;
}
