/** The networks of the run: a table of the layers of each, and how they are connected. Loaded when it is first opened. */
import '@vscode-elements/elements/dist/vscode-collapsible/index.js';
import './networks.css';
import type { LayerSummary, NetworkSummary } from '../../src/shared/network-summary';
import { element, icon } from '../shared/dom';
import { formatCount, formatValue } from '../shared/format';
import { notice } from '../shared/notice';
import { t, translatedOr } from '../shared/texts';
import { send } from './host';
import { networkGraph } from './network-graph';
import type { Receivers, Section } from './section';

const UNITS = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

export class NetworkTables implements Section {
  readonly receives: Receivers = {
    networks: ({ networks }) => {
      if ('problem' in networks)
        this.#content.replaceChildren(notice('error', translatedOr(networks.said, networks.problem), ''));
      else this.#content.replaceChildren(...networks.map(networkTable));
    },
  };
  readonly #content = element('div', { class: 'networks' });
  readonly root = element('vscode-collapsible', { heading: t('Networks'), class: 'config' }, this.#content);
  #isTrusted = true;
  #isAsked = false;

  constructor() {
    this.root.addEventListener('vsc-collapsible-toggle', () => this.#ask());
  }

  setTrusted(isTrusted: boolean): void {
    this.#isTrusted = isTrusted;
    this.#ask();
  }

  #ask(): void {
    if (!this.root.open || this.#isAsked) return;
    if (!this.#isTrusted) {
      this.#content.replaceChildren(t('Networks are shown once the workspace is trusted.'));
      return;
    }
    this.#isAsked = true;
    this.#content.replaceChildren(icon('loading codicon-modifier-spin'), ` ${t('Reading the networks…')}`);
    send({ type: 'describeNetworks', run: 0 });
  }
}

function titleOf(name: string): string {
  switch (name) {
    case 'generator':
      return t('Generator');
    case 'discriminator':
      return t('Discriminator');
    case 'generatorBack':
      return t('Generator, back');
    case 'discriminatorBack':
      return t('Discriminator, back');
    default:
      return name;
  }
}

function kindText({ kind, kernelSize = 0, stride = 1 }: LayerSummary): string {
  const size = `${kernelSize}×${kernelSize}`;
  switch (kind) {
    case 'convolution':
      return stride === 1 ? t('convolution {0}', size) : t('convolution {0}, stride {1}', size, stride);
    case 'transposed-convolution':
      return stride === 1
        ? t('transposed convolution {0}', size)
        : t('transposed convolution {0}, stride {1}', size, stride);
    case 'dense':
      return t('dense');
    case 'normalisation':
      return t('normalisation');
    case 'other':
      return t('parameters');
  }
}

function shapeText(extents: readonly number[]): string {
  return extents.join(' × ');
}

function flopsText(flops: number): string {
  if (flops === 0) return '';
  const [unit, letter] = UNITS.find(([size]) => flops >= size) ?? [1, ''];
  return `${formatValue(flops / unit)} ${letter}`.trim();
}

function fieldText(field: LayerSummary['receptiveField']): string {
  if (field === undefined) return '';
  return field === 'all' ? t('all') : `${field} × ${field}`;
}

function number(text: string): HTMLElement {
  return element('td', { class: 'number' }, text);
}

function layerRow(layer: LayerSummary, hasFields: boolean): HTMLElement {
  return element(
    'tr',
    {},
    element('th', { scope: 'row', title: layer.path }, layer.path),
    element('td', {}, kindText(layer)),
    number(shapeText(layer.output)),
    number(layer.parameters === 0 ? '' : formatCount(layer.parameters)),
    number(flopsText(layer.flops)),
    ...(hasFields ? [number(fieldText(layer.receptiveField))] : []),
  );
}

function networkTable({ name, input, layers, parameters, statistics, flops }: NetworkSummary): HTMLElement {
  const hasFields = layers.some(({ receptiveField }) => receptiveField !== undefined);
  const head = (text: string, kind = ''): HTMLElement => element('th', { scope: 'col', class: kind }, text);
  const graph = element('td', { class: 'graph', rowspan: String(layers.length + 1) });
  graph.append(networkGraph(layers.map(({ inputs }) => inputs)));
  const first = element(
    'tr',
    {},
    graph,
    element('th', { scope: 'row' }, t('input')),
    element('td', {}),
    number(shapeText(input)),
    element('td', { colspan: hasFields ? '3' : '2' }),
  );
  const facts = [
    t('{0} parameters', formatCount(parameters)),
    ...(statistics === 0 ? [] : [t('{0} running statistics', formatCount(statistics))]),
    t('{0} FLOPs for each example', flopsText(flops)),
  ].join(' · ');
  return element(
    'section',
    { 'aria-label': titleOf(name) },
    element('h3', {}, titleOf(name)),
    element('p', { class: 'note' }, facts),
    element(
      'div',
      { class: 'network-frame', tabindex: '0', role: 'group', 'aria-label': t('Layers') },
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            element('td', {}),
            head(t('layer')),
            element('td', {}),
            head(t('output'), 'number'),
            head(t('parameters'), 'number'),
            head('FLOPs', 'number'),
            ...(hasFields ? [head(t('receptive field'), 'number')] : []),
          ),
        ),
        element('tbody', {}, first, ...layers.map((layer) => layerRow(layer, hasFields))),
      ),
    ),
  );
}
