/** A chart over the whole page. It is the same chart, which goes back to its place when the page is closed. */
import { element } from '../dom';
import type { Chart } from './chart';

export class EnlargedChart {
  readonly root = element('dialog', { class: 'enlarged enlarged-chart' });
  /** Stands where the chart stood. */
  readonly #place = document.createComment('');
  #chart: Chart | undefined;

  constructor() {
    this.root.addEventListener('close', () => this.#putBack());
  }

  /** Opens the chart, or closes it where it is open. */
  toggle(chart: Chart): void {
    if (this.#chart === chart) {
      this.root.close();
      return;
    }
    this.#chart = chart;
    chart.root.replaceWith(this.#place);
    this.root.setAttribute('aria-label', chart.title);
    this.root.replaceChildren(chart.root);
    chart.isEnlarged = true;
    this.root.showModal();
    chart.focus();
  }

  /** Charts are made anew when there are others: the one that is open is replaced by its successor. */
  replace(charts: readonly Chart[]): void {
    if (this.#chart === undefined) return;
    const { title } = this.#chart;
    this.#chart = undefined;
    this.root.close();
    const successor = charts.find((chart) => chart.title === title);
    if (successor !== undefined) this.toggle(successor);
  }

  #putBack(): void {
    const chart = this.#chart;
    // The event comes late: another chart may be open by now.
    if (chart === undefined || this.root.open) return;
    this.#chart = undefined;
    chart.isEnlarged = false;
    this.#place.replaceWith(chart.root);
    chart.focus();
  }
}
