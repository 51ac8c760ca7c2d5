/** A sample of points on its canvas, which glides from sample to sample; it is idle while nothing changes. */
import type { PointSample } from '../../../src/shared/point-sample';
import { fitCanvas } from '../../shared/canvas';
import { onThemeChange } from '../../shared/theme';
import { drawPlane, type PlaneColours, planeColours, RealDensity } from './draw-plane';
import { shownLayers } from './shown-layers';
import { Tween } from './tween';

/** Between pictures for people who prefer reduced motion. */
const CALM_MS = 1000;

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** VS Code has a setting of its own. */
function isMotionReduced(): boolean {
  return reducedMotion.matches || document.body.classList.contains('vscode-reduce-motion');
}

export class PlaneView {
  readonly #canvas: HTMLCanvasElement;
  readonly #tween = new Tween();
  readonly #realDensity = new RealDensity();
  #colours: PlaneColours | undefined;
  #sidePx = 0;
  #frame: number | undefined;
  #calmTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    shownLayers.listen(() => this.redraw());
    onThemeChange(() => {
      this.#colours = undefined;
      this.redraw();
    });
  }

  /** The length of a side in CSS pixels. */
  fit(side: number): void {
    this.#sidePx = Math.round(side * devicePixelRatio);
    fitCanvas(this.#canvas, { width: this.#sidePx, height: this.#sidePx });
    this.redraw();
  }

  /** `isLive`: one of many that arrive by themselves. */
  show(sample: PointSample, isLive: boolean): void {
    if (!isMotionReduced()) {
      this.#tween.aim(sample, performance.now());
      this.#request();
      return;
    }
    this.#tween.jump(sample);
    if (!isLive) this.#request();
    else if (this.#calmTimer === undefined) this.#drawCalmly();
  }

  #drawCalmly(): void {
    this.#request();
    const drawn = this.#tween.at(performance.now());
    this.#calmTimer = setTimeout(() => {
      this.#calmTimer = undefined;
      if (this.#tween.at(performance.now()) !== drawn) this.#drawCalmly();
    }, CALM_MS);
  }

  redraw(): void {
    if (this.#sidePx > 0) this.#request();
  }

  #request(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
      if (this.#tween.isMoving(performance.now())) this.#request();
    });
  }

  #draw(): void {
    const sample = this.#tween.at(performance.now());
    if (sample === undefined || this.#sidePx === 0) return;
    this.#colours ??= planeColours();
    const look = { colours: this.#colours, realDensity: this.#realDensity };
    drawPlane(this.#canvas, sample, shownLayers.visible, look);
  }
}
