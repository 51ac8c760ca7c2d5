/** A model: a config shorthand that expands to a generator, a discriminator and settings that suit them. */
import type { DataShape } from '../../shared/example-shape';

export interface ModelDefaults {
  /** As in the config: `{ network: 'dcgan', … }`, with the sizes that depend on the example filled in. */
  readonly generator: { readonly network: string } & Readonly<Record<string, unknown>>;
  readonly discriminator: { readonly network: string } & Readonly<Record<string, unknown>>;
  /** Other config values where this model departs from the common defaults (input form, deep partial). */
  readonly overrides: Readonly<Record<string, unknown>>;
}

export interface ModelDefinition {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Deterministic: the same data gives the same entries. */
  expand(data: DataShape): ModelDefaults;
}
