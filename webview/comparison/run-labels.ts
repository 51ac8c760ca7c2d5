/** What the runs of a comparison are called: as short as tells them apart, by what differs between them. */
import { type Difference, isAside } from './differences';

export interface NamedRun {
  /** Number and name of the folder, e.g. `00004-ring`. */
  readonly id: string;
  /** What somebody called it. */
  readonly name?: string;
  readonly experiment: string;
}

/** More would be a table. */
const MOST_VALUES = 2;
/** What is longer tells little in a legend. */
const MOST_LETTERS = 24;

/** A word says what it is; of a number, a switch or nothing, the key says it. */
function valueText({ path }: Difference, word: string | undefined): string {
  const key = path.split('.').at(-1) ?? path;
  if (word === undefined || word === 'false' || word === 'null' || word === '[]') return `no ${key}`;
  if (word === 'true') return key;
  return /^[A-Za-z]/.test(word) ? word : `${key} ${word}`;
}

function textsOf(difference: Difference): readonly string[] {
  return difference.words.map((word) => valueText(difference, word));
}

/** The settings that tell the runs apart best, and the first of those that tell them equally well. */
function telling(differences: readonly Difference[]): readonly (readonly string[])[] {
  const isOrdinary = ({ path }: Difference): boolean => !isAside(path) && path !== 'seed';
  const candidates = [...differences.filter(isOrdinary), ...differences.filter((one) => !isOrdinary(one))]
    .map(textsOf)
    .filter((texts) => texts.every(({ length }) => length <= MOST_LETTERS));
  const chosen: (readonly string[])[] = [];
  const kinds = (columns: readonly (readonly string[])[]): number =>
    new Set(columns[0]?.map((_, run) => columns.map((texts) => texts[run]).join('\n'))).size;
  while (chosen.length < MOST_VALUES) {
    const before = Math.max(1, kinds(chosen));
    const most = Math.max(...candidates.map((texts) => kinds([...chosen, texts])));
    const best = candidates.find((texts) => kinds([...chosen, texts]) === most);
    if (best === undefined || most <= before) break;
    chosen.push(best);
  }
  return chosen;
}

/** Numbers where all are of one experiment, and what tells them apart beside; a name that somebody gave says it itself. */
export function runLabels(runs: readonly NamedRun[], differences: readonly Difference[]): readonly string[] {
  const experiments = new Set(runs.map(({ experiment }) => experiment));
  const numbers = runs.map(({ id }) => id.split('-')[0] ?? id);
  const areNumbersEnough = experiments.size === 1 && new Set(numbers).size === runs.length;
  const values = experiments.size === runs.length ? [] : telling(differences);
  return runs.map(({ id, name }, run) => {
    if (name !== undefined) return name;
    const words = values.map((texts) => texts[run] ?? '');
    return [areNumbersEnough && words.length > 0 ? (numbers[run] ?? id) : id, ...words].join(', ');
  });
}
