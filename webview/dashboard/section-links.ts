/** What the sections of a page tell each other; everything else they know is news from the host. */
import type { RunLook } from './run-look';

/** A message from any section to those that listen. */
class Signal<Value> {
  readonly #listeners: ((value: Value) => void)[] = [];

  listen(listener: (value: Value) => void): void {
    this.#listeners.push(listener);
  }

  send(value: Value): void {
    for (const listener of this.#listeners) listener(value);
  }
}

export interface SectionLinks {
  /** The user picked a step on the curves; the samples go there. */
  readonly stepPicked: Signal<number>;
  /** The samples are at this step; the curves mark it. */
  readonly stepShown: Signal<number>;
  /** The user chose whether runs that differ by the seed alone are drawn as one. */
  readonly seedsAveraged: Signal<boolean>;
  /** The runs of a comparison have new names: all of them, in the order of the page. */
  readonly renamed: Signal<readonly RunLook[]>;
}

export function makeLinks(): SectionLinks {
  return {
    stepPicked: new Signal(),
    stepShown: new Signal(),
    renamed: new Signal(),
    seedsAveraged: new Signal(),
  };
}
