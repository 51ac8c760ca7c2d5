/** A pad to draw a distribution on, from which a new run starts. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { context2d, fitCanvas } from '../../shared/canvas';
import { element } from '../../shared/dom';
import { formatCount } from '../../shared/format';
import { DISCRIMINATOR_COLOUR } from '../../shared/player-colours';
import { t } from '../../shared/texts';
import { themeColour } from '../../shared/theme';
import { send } from '../host';
import { type Place, SIDE, Strokes } from './strokes';

/** In CSS pixels; smaller where the window is. */
const LARGEST_PX = 480;
const AROUND_PX = { width: 74, height: 190 };
const DOT_PX = 1.2;
/** Fewer show nothing. */
const LEAST_POINTS = 100;

export class DrawingPad {
  readonly root: HTMLDialogElement;
  readonly #strokes = new Strokes();
  readonly #canvas = element('canvas', { class: 'pad', role: 'img', 'aria-label': t('Pad to draw on') });
  readonly #count = element('span', { class: 'note', role: 'status' });
  readonly #spread = element('input', {
    type: 'range',
    min: '0.01',
    max: '0.3',
    step: '0.01',
    value: '0.06',
    'aria-label': t('Spread of the points'),
  });
  readonly #train = button(t('Train'), 'play', () => this.#start(), false);

  constructor() {
    this.root = element(
      'dialog',
      { class: 'enlarged', 'aria-label': t('Draw a distribution') },
      element('h2', {}, t('Draw a distribution')),
      element(
        'p',
        { class: 'note' },
        t('The points are saved as CSV beside a new experiment, which is trained.'),
      ),
      this.#canvas,
      element('label', { class: 'pad-tools' }, t('Spread'), this.#spread, this.#count),
      element(
        'div',
        { class: 'pad-tools' },
        button(t('Undo'), 'discard', () => this.#strokes.undo()),
        button(t('Clear'), 'clear-all', () => this.#strokes.clear()),
        element('span', { class: 'pad-space' }),
        button(t('Cancel'), 'close', () => this.root.close()),
        this.#train,
      ),
    );
    this.root.addEventListener('click', () => this.#draw());
    this.#canvas.addEventListener('pointerdown', (event) => {
      this.#canvas.setPointerCapture(event.pointerId);
      this.#strokes.begin(this.#placeOf(event), this.#spread.valueAsNumber);
      this.#draw();
    });
    this.#canvas.addEventListener('pointermove', (event) => {
      if (!this.#canvas.hasPointerCapture(event.pointerId)) return;
      for (const part of event.getCoalescedEvents())
        this.#strokes.moveTo(this.#placeOf(part), this.#spread.valueAsNumber);
      this.#draw();
    });
  }

  open(): void {
    this.#strokes.clear();
    this.root.showModal();
    const side = Math.min(LARGEST_PX, innerWidth - AROUND_PX.width, innerHeight - AROUND_PX.height);
    const pixels = Math.round(side * devicePixelRatio);
    fitCanvas(this.#canvas, { width: pixels, height: pixels });
    this.#draw();
  }

  #placeOf({ clientX, clientY }: PointerEvent): Place {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return [((clientX - left) / width - 0.5) * 2 * SIDE, (0.5 - (clientY - top) / height) * 2 * SIDE];
  }

  #draw(): void {
    const { points } = this.#strokes;
    const context = context2d(this.#canvas);
    const { width } = this.#canvas;
    const place = (value: number): number => ((value / SIDE + 1) / 2) * width;
    context.clearRect(0, 0, width, width);
    context.strokeStyle = themeColour('--vscode-editorIndentGuide-background1');
    context.strokeRect(place(-2), place(-2), place(2) - place(-2), place(2) - place(-2));
    context.fillStyle = themeColour(DISCRIMINATOR_COLOUR);
    const radius = DOT_PX * devicePixelRatio;
    for (let i = 0; i + 1 < points.length; i += 2)
      context.fillRect(
        place(points[i] ?? 0) - radius,
        width - place(points[i + 1] ?? 0) - radius,
        2 * radius,
        2 * radius,
      );
    const { count } = this.#strokes;
    this.#count.textContent = t('{0} points', formatCount(count));
    this.#train.disabled = count < LEAST_POINTS;
  }

  #start(): void {
    send({ type: 'drawnPoints', run: 0, points: this.#strokes.points });
    this.root.close();
  }
}

function button(label: string, icon: string, act: () => void, secondary = true) {
  const made = element('vscode-button', { icon, secondary }, label);
  made.addEventListener('click', act);
  return made;
}
