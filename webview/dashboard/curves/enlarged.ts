/** A chart over the whole page. It is the same chart, which goes back to its place when the page is closed. */
import { element } from '../../shared/dom';
import type { Chart } from './chart';

export class EnlargedChart {
  readonly #dialog = element('dialog', { class: 'enlarged enlarged-chart' });
  readonly #parent: HTMLElement;
  /** Stands where the chart stood. */
  readonly #place = document.createComment('');
  #chart: Chart | undefined;

  /** `parent` holds the dialog while it is open. */
  constructor(parent: HTMLElement) {
    this.#parent = parent;
    this.#dialog.addEventListener('close', () => this.#putBack());
  }

  /** Opens the chart, or closes it where it is open. */
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

  /** Charts are made anew when there are others: the one that is open is replaced by its successor. */
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
    // The event comes late: another chart may be open by now.
    if (chart === undefined || this.#dialog.open) return;
    this.#dialog.remove();
    this.#chart = undefined;
    chart.isEnlarged = false;
    this.#place.replaceWith(chart.root);
    chart.focus();
  }
}
