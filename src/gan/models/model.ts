/** What a model is: a shorthand in the config that stands for a generator, a discriminator and what suits them. */
import type { DataShape } from '../../shared/example-shape';

export interface ModelDefaults {
  /** As in the config: `{ network: 'dcgan', … }`, sizes that the example needs filled in. */
  readonly generator: { readonly network: string } & Readonly<Record<string, unknown>>;
  readonly discriminator: { readonly network: string } & Readonly<Record<string, unknown>>;
  /** Anything else of the config in which this model departs from the common defaults (input form, deep partial). */
  readonly overrides: Readonly<Record<string, unknown>>;
}

export interface ModelDefinition {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Deterministic: the same data gives the same entries. */
  expand(data: DataShape): ModelDefaults;
}
