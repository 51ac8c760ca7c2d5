/**
 * Unions over a registry: an object whose tag (`source`, `network` or `name`) says which part it belongs to. The
 * part's options and the tag stand side by side in one strict object.
 */
import * as z from 'zod';
import { type Explained, explained } from '../shared/choice';

/** What every registered part that has options shares. */
export interface Part extends Omit<Explained, 'value'> {
  readonly name: string;
  readonly title: string;
  readonly options: z.ZodObject;
}

const NAME = 'Name. Its options are further keys of this object.';

type NonEmpty<T> = readonly [T, ...T[]];

function nonEmpty<T>(values: readonly T[]): NonEmpty<T> {
  const [first, ...rest] = values;
  if (first === undefined) throw new RangeError('a registry is empty');
  return [first, ...rest];
}

function explanationOf({ name, title, description, paper, formula }: Omit<Part, 'options'>): Explained {
  return {
    value: name,
    title,
    description,
    ...(paper === undefined ? {} : { paper }),
    ...(formula === undefined ? {} : { formula }),
  };
}

function tagOf(part: Omit<Part, 'options'>, description: string) {
  return z.literal(part.name).meta({ description, ...explained([explanationOf(part)]) });
}

/** One of the names; editors show the descriptions beside the choices. */
export function nameOf(parts: readonly Omit<Part, 'options'>[]) {
  return z.enum(nonEmpty(parts.map(({ name }) => name))).meta(explained(parts.map(explanationOf)));
}

/** `{ source: 'digits', …options, …common }` */
export function sourceEntry<Common extends z.ZodRawShape>(sources: readonly Part[], common: Common) {
  const variants = sources.map((part) =>
    z
      .strictObject({
        source: tagOf(part, 'Dataset, or format of your own data.'),
        ...part.options.shape,
        ...common,
      })
      .describe(part.description),
  );
  return z.discriminatedUnion('source', nonEmpty(variants));
}

/** The network that a person's own module makes; its entry needs no tag, since `module` says what it is. */
export const MODULE_NETWORK = 'module';

/** `{ network: 'dcgan', …options }`, or `{ module: './nets.mjs', export: 'generator' }`. */
export function networkEntry(networks: readonly Part[]) {
  const variants = networks.map((part) => {
    const tag = tagOf(part, 'Architecture of the network.');
    const network = part.name === MODULE_NETWORK ? tag.default(MODULE_NETWORK) : tag;
    return z.strictObject({ network, ...part.options.shape }).describe(part.description);
  });
  return z.discriminatedUnion('network', nonEmpty(variants));
}

/**
 * `{ name: 'r1', …options, …common }`, or the name alone for all its defaults.
 *
 * @param common what each part has beside its own options; of some parts only, where it is a function
 */
export function namedEntry<Kind extends Part, Common extends z.ZodRawShape>(
  parts: readonly Kind[],
  common: Common | ((part: Kind) => Common),
) {
  const variants = parts.map((part) => {
    const shared = typeof common === 'function' ? common(part) : common;
    return z
      .strictObject({ name: tagOf(part, NAME), ...part.options.shape, ...shared })
      .describe(part.description);
  });
  const writtenOut = z.discriminatedUnion('name', nonEmpty(variants));
  const byName = nameOf(parts)
    .transform((name): unknown => ({ name }))
    .pipe(writtenOut);
  return z.union([byName, writtenOut]);
}

/** `{ name: 'adam', …options, …common }`, where the name may be left out for the first part. */
export function namedOrFirst<Common extends z.ZodRawShape>(parts: readonly Part[], common: Common) {
  const variants = parts.map((part, index) => {
    const name = index === 0 ? tagOf(part, NAME).optional() : tagOf(part, NAME);
    return z.strictObject({ name, ...part.options.shape, ...common }).describe(part.description);
  });
  return z.discriminatedUnion('name', nonEmpty(variants));
}
