/** What the runs of a comparison are called: as short as tells them apart, by what differs between them. */
import { type Difference, isAside, isNothing } from './differences';

export interface NamedRun {
  /** Number and name of the folder, e.g. `00004-ring`. */
  readonly id: string;
  /** What somebody called it. */
  readonly name?: string;
  readonly experiment: string;
}

/** More would be a table. */
const MAX_VALUES = 2;
/** What is longer tells little in a legend. */
const MAX_LETTERS = 24;

/** The last key of a path; `name` is that of what it is inside of. */
function keyOf(path: string): string {
  const key =
    path
      .replace(/\.name$/, '')
      .split('.')
      .at(-1) ?? path;
  return key.replace(/\[\d+\]$/, '');
}

/** What a run without something is called, in the language of the editor: `no ema`. */
type Without = (key: string) => string;

/** A word says what it is; of a number, a switch or nothing, the key says it. */
function valueText({ path, part = path }: Difference, value: string | undefined, without: Without): string {
  if (value === undefined || isNothing(value)) return without(keyOf(part));
  if (value === 'true') return keyOf(path);
  return /^[A-Za-z]/.test(value) ? value : `${keyOf(path)} ${value}`;
}

function textsOf(difference: Difference, without: Without): readonly string[] {
  return difference.values.map((value) => valueText(difference, value, without));
}

/** The settings that tell these runs apart best, and the first of those that tell them equally well. */
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

/** For each run, what tells it from the others of its experiment; the id tells it from all others. */
function tellingTexts(
  runs: readonly NamedRun[],
  differences: readonly Difference[],
  without: Without,
): readonly string[][] {
  return runs.map(({ experiment }, run) => {
    const alike = runs.flatMap((other, index) => (other.experiment === experiment ? index : []));
    // A name tells its run from the others; a single other is told from those with names.
    const nameless = alike.filter((index) => runs[index]?.name === undefined);
    return telling(differences, nameless.length > 1 ? nameless : alike, without).map(
      (texts) => texts[run] ?? '',
    );
  });
}

/** Numbers where all are of one experiment, and what tells them apart beside; a name that somebody gave says it itself. */
export function runLabels(
  runs: readonly NamedRun[],
  differences: readonly Difference[],
  without: Without,
): readonly string[] {
  const experiments = new Set(runs.map(({ experiment }) => experiment));
  const numbers = runs.map(({ id }) => id.split('-')[0] ?? id);
  const areNumbersEnough = experiments.size === 1 && new Set(numbers).size === runs.length;
  const texts = tellingTexts(runs, differences, without);
  return runs.map(({ id, name }, run) => {
    if (name !== undefined) return name;
    const words = texts[run] ?? [];
    return [areNumbersEnough && words.length > 0 ? (numbers[run] ?? id) : id, ...words].join(', ');
  });
}
