/** Labels of the runs in a comparison: as short as possible to tell them apart, by their differences. */
import { type Difference, isAside, isNothing } from './differences';

export interface NamedRun {
  /** Number and name of the folder, e.g. `00004-ring`. */
  readonly id: string;
  /** Name given by the user. */
  readonly name?: string;
  readonly experiment: string;
}

/** More would need a table. */
const MAX_VALUES = 2;
/** Longer texts are of little use in a legend. */
const MAX_LETTERS = 24;

/** Returns the last key of a path; for `name`, the key that contains it. */
function keyOf(path: string): string {
  const key =
    path
      .replace(/\.name$/, '')
      .split('.')
      .at(-1) ?? path;
  return key.replace(/\[\d+\]$/, '');
}

/** Formats the absence of a part, in the language of the editor: `no ema`. */
type Without = (key: string) => string;

/** Words are self-explanatory; numbers, switches and absent values need their key. */
function valueText({ path, part = path }: Difference, value: string | undefined, without: Without): string {
  if (value === undefined || isNothing(value)) return without(keyOf(part));
  if (value === 'true') return keyOf(path);
  return /^[A-Za-z]/.test(value) ? value : `${keyOf(path)} ${value}`;
}

function textsOf(difference: Difference, without: Without): readonly string[] {
  return difference.values.map((value) => valueText(difference, value, without));
}

/** Returns the settings that tell these runs apart best; of equally good ones, the first. */
function telling(
  differences: readonly Difference[],
  runs: readonly number[],
  without: Without,
): readonly (readonly string[])[] {
  const isOrdinary = ({ path }: Difference): boolean => !isAside(path) && path !== 'seed';
  const candidates = [...differences.filter(isOrdinary), ...differences.filter((one) => !isOrdinary(one))]
    .map((difference) => textsOf(difference, without))
    .filter((texts) => texts.every(({ length }) => length <= MAX_LETTERS));
  const chosen: (readonly string[])[] = [];
  const kinds = (columns: readonly (readonly string[])[]): number =>
    columns.length === 0 ? 0 : new Set(runs.map((run) => columns.map((texts) => texts[run]).join('\n'))).size;
  while (chosen.length < MAX_VALUES) {
    const before = Math.max(1, kinds(chosen));
    const most = Math.max(...candidates.map((texts) => kinds([...chosen, texts])));
    const best = candidates.find((texts) => kinds([...chosen, texts]) === most);
    if (best === undefined || most <= before) break;
    chosen.push(best);
  }
  return chosen;
}

/** Returns what distinguishes each run from the others of its experiment; the id distinguishes it from all others. */
function tellingTexts(
  runs: readonly NamedRun[],
  differences: readonly Difference[],
  without: Without,
): readonly string[][] {
  return runs.map(({ experiment }, run) => {
    const alike = runs.flatMap((other, index) => (other.experiment === experiment ? index : []));
    // A named run needs no further distinction; a single unnamed run is distinguished from the named ones.
    const nameless = alike.filter((index) => runs[index]?.name === undefined);
    return telling(differences, nameless.length > 1 ? nameless : alike, without).map(
      (texts) => texts[run] ?? '',
    );
  });
}

/**
 * Run numbers if all runs are of one experiment, then what tells them apart; a name given by the user replaces both.
 */
export function runLabels(
  runs: readonly NamedRun[],
  differences: readonly Difference[],
  without: Without,
): readonly string[] {
  const experiments = new Set(runs.map(({ experiment }) => experiment));
  const numbers = runs.map(({ id }) => /^\d+/.exec(id)?.[0] ?? id);
  const areNumbersEnough = experiments.size === 1 && new Set(numbers).size === runs.length;
  const texts = tellingTexts(runs, differences, without);
  return runs.map(({ id, name }, run) => {
    if (name !== undefined) return name;
    const words = texts[run] ?? [];
    return [areNumbersEnough && words.length > 0 ? (numbers[run] ?? id) : id, ...words].join(', ');
  });
}
