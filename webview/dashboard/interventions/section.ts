/** Changes of a run on points while it trains: a form, and what was done so far. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-collapsible/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import './interventions.css';
import { OBJECTIVE_NAMES } from '../../../src/shared/objective-names';
import type { Intervention } from '../../../src/shared/run-format';
import { element } from '../../shared/dom';
import { formatCount } from '../../shared/format';
import { t } from '../../shared/texts';
import { applyChange } from '../live';
import type { RunMessage } from '../run-facts';
import type { Receivers, Section } from '../section';
import { enteredChanges, type FieldKey, fieldText } from './entered-changes';
import { grouped } from './intervention-lines';

type Input = HTMLElementTagNameMap['vscode-textfield'] | HTMLElementTagNameMap['vscode-single-select'];

function titles(): readonly (readonly [FieldKey, string])[] {
  return [
    ['optimiser.generatorLearningRate', t('Learning rate of the generator')],
    ['optimiser.discriminatorLearningRate', t('Learning rate of the discriminator')],
    ['objective.name', t('Objective')],
    ['criticSteps', t('Discriminator steps')],
    ['generator.hidden', t('Layers of the generator')],
    ['discriminator.hidden', t('Layers of the discriminator')],
  ];
}

export class Interventions implements Section {
  readonly root: HTMLElement;
  readonly receives: Receivers = {
    run: (message) => {
      this.#message = message;
      this.#show();
    },
    config: ({ config }) => {
      this.#config = config;
      this.#fill();
    },
    sample: ({ content }) => this.#learnKind(content.kind === 'points'),
    liveSample: () => this.#learnKind(true),
    interventions: ({ interventions }) => this.#list(interventions.map(({ record }) => record)),
  };
  readonly #inputs = new Map<FieldKey, Input>();
  readonly #form = element('div', {
    class: 'change-form',
    role: 'form',
    'aria-label': t('Change the run'),
    hidden: true,
  });
  readonly #done = element('ol', { class: 'interventions', 'aria-label': t('Changes so far') });
  #message: RunMessage | undefined;
  #config: unknown;
  #isPoints = false;
  #isTrusted = true;

  constructor() {
    const apply = element('vscode-button', {}, t('Apply'));
    apply.addEventListener('click', () => this.#apply());
    const fields = titles().map(([key, title]) => this.#field(key, title));
    this.#form.append(...fields, element('div', { class: 'change-actions' }, apply));
    this.#form.addEventListener('keydown', ({ key, target }) => {
      if (key === 'Enter' && target instanceof HTMLElement && target.localName === 'vscode-textfield')
        this.#apply();
    });
    this.root = element(
      'vscode-collapsible',
      { heading: t('Change the Run'), class: 'config', hidden: true },
      this.#form,
      this.#done,
    );
  }

  setTrusted(isTrusted: boolean): void {
    this.#isTrusted = isTrusted;
    this.#show();
  }

  /** Live samples come many times a second. */
  #learnKind(isPoints: boolean): void {
    if (this.#isPoints === isPoints) return;
    this.#isPoints = isPoints;
    this.#show();
  }

  #show(): void {
    const { status, pace } = this.#message ?? {};
    this.#form.hidden =
      !this.#isTrusted ||
      !this.#isPoints ||
      pace === undefined ||
      !(status === 'paused' || status === 'running');
    this.root.hidden = this.#form.hidden && this.#done.childElementCount === 0;
  }

  #field(key: FieldKey, title: string): HTMLElement {
    const input =
      key === 'objective.name'
        ? element(
            'vscode-single-select',
            {},
            ...OBJECTIVE_NAMES.map((value) => element('vscode-option', { value }, value)),
          )
        : element('vscode-textfield');
    input.label = title;
    this.#inputs.set(key, input);
    return element(
      'div',
      { class: 'change-field' },
      element('span', { 'aria-hidden': 'true' }, title),
      input,
    );
  }

  /** Shows the values in force, which a change of another value may have changed, too. */
  #fill(): void {
    for (const [key, input] of this.#inputs) {
      const text = fieldText(this.#config, key);
      if (input.parentElement !== null) input.parentElement.hidden = text === undefined;
      if (text !== undefined && input.value !== text) input.value = text;
    }
  }

  #apply(): void {
    const entered = new Map(
      [...this.#inputs].flatMap(([key, { value }]): (readonly [FieldKey, string])[] =>
        fieldText(this.#config, key) === undefined ? [] : [[key, value]],
      ),
    );
    const changes = enteredChanges(this.#config, entered);
    if (Object.keys(changes).length > 0) applyChange(changes);
  }

  #list(interventions: readonly Intervention[]): void {
    this.#done.replaceChildren(
      ...grouped(interventions).map(({ step, text, times }) =>
        element(
          'li',
          {},
          element('span', { class: 'intervention-step' }, t('Step {0}', formatCount(step))),
          ` ${text}`,
          ...(times === 1 ? [] : [` × ${formatCount(times)}`]),
        ),
      ),
    );
    this.#show();
  }
}
