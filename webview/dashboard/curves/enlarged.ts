/** A chart enlarged to the whole page. It is the same chart, moved into a dialog and back when the dialog closes. */
import { element } from '../../shared/dom';
import type { Chart } from './chart';

export class EnlargedChart {
  readonly #dialog = element('dialog', { class: 'enlarged enlarged-chart' });
  readonly #parent: HTMLElement;
  /** Placeholder for the chart. */
  readonly #place = document.createComment('');
  #chart: Chart | undefined;

  /** `parent` contains the dialog while it is open. */
  constructor(parent: HTMLElement) {
    this.#parent = parent;
    this.#dialog.addEventListener('close', () => this.#putBack());
  }

  /** Opens the chart, or closes it if it is open. */
  toggle(chart: Chart): void {
    if (this.#chart === chart) {
      this.#dialog.close();
      return;
    }
    this.#chart = chart;
    chart.root.replaceWith(this.#place);
    this.#dialog.setAttribute('aria-label', chart.title);
    this.#dialog.replaceChildren(chart.root);
    chart.isEnlarged = true;
    this.#parent.append(this.#dialog);
    this.#dialog.showModal();
    chart.focus();
  }

  /** When the set of charts changes, all are rebuilt: the open one is replaced by its successor. */
  replace(charts: readonly Chart[]): void {
    if (this.#chart === undefined) return;
    const { title } = this.#chart;
    this.#chart = undefined;
    this.#dialog.close();
    const successor = charts.find((chart) => chart.title === title);
    if (successor === undefined) this.#dialog.remove();
    else this.toggle(successor);
  }

  #putBack(): void {
    const chart = this.#chart;
    // The event is delivered late: another chart may be open by now.
    if (chart === undefined || this.#dialog.open) return;
    this.#dialog.remove();
    this.#chart = undefined;
    chart.isEnlarged = false;
    this.#place.replaceWith(chart.root);
    chart.focus();
  }
}
