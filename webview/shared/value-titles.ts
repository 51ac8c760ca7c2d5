/** Titles of scores and of the values that a run records, for charts and tables. */
import { CURVE_TITLES } from '../../src/shared/curve-titles';
import { SCORE_KINDS } from '../../src/shared/scores';
import { t, translated } from './texts';

const curveTitles = new Map<string, string>(Object.entries(CURVE_TITLES));

/** Title of a value; for one unknown to this version, derived from its name: `someValue` → `Some value`. */
export function valueTitle(name: string): string {
  const known = curveTitles.get(name.charAt(0).toLowerCase() + name.slice(1));
  if (known !== undefined) return translated(known);
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Title of a score: acronyms stand alone, as in papers, and tables have no room for more. */
export function scoreTitle(name: string): string {
  // Measured by the diagnostics, and no score that runs are ranked by.
  if (name === 'sampleDiversity') return t('Sample diversity');
  const kind = SCORE_KINDS.find((one) => one.name === name);
  if (kind === undefined) return valueTitle(name);
  return kind.longTitle === undefined ? kind.title : translated(kind.longTitle);
}
