/** What the views of a sweep have in common: the data, the chosen trials, and the one that is pointed at. */
import type { Brushes, Model, Row } from './model';

export interface Shown {
  readonly model: Model;
  /** Keys of the axes from left to right. */
  readonly order: readonly string[];
  readonly brushes: Brushes;
  /** The trials in the chosen part of every axis. */
  readonly chosen: ReadonlySet<number>;
  /** Number of the trial that is pointed at or has the focus. */
  readonly pointed: number | undefined;
}

export interface View {
  readonly root: HTMLElement;
  /** The data or the order of the axes has changed. */
  show(shown: Shown): void;
  showChosen(shown: Shown): void;
  showPointed(shown: Shown): void;
}

export interface ViewActions {
  /** @param at the position of the mouse pointer in the page, for a card beside it */
  point(row: Row | undefined, at?: { readonly left: number; readonly top: number }): void;
  open(row: Row): void;
  startFrom(row: Row): void;
  brush(key: string, range: readonly [number, number] | undefined): void;
  reorder(order: readonly string[]): void;
}
