/** The value of a score that goals compare, and its title. */
import * as z from 'zod';
import { type LocalizableText, verbatim } from '../../shared/localizable-text';
import { SCORE_KINDS } from '../../shared/scores';
import type { LessonRun } from './goal';

export const scoreNameSchema = z.string().refine((name) => SCORE_KINDS.some((kind) => kind.name === name), {
  message: `Not a score; there are ${SCORE_KINDS.map(({ name }) => name).join(', ')}.`,
});

export const valueSchema = z.enum(['best', 'last']).default('last');
export type ScoreMoment = z.output<typeof valueSchema>;

export function scoreTitle(name: string): LocalizableText {
  const kind = SCORE_KINDS.find((one) => one.name === name);
  // Most titles are notation; the others are translated with the charts.
  return kind === undefined ? verbatim(name) : { text: kind.longTitle ?? kind.title, values: [] };
}

export function isLowerBetter(name: string): boolean {
  return SCORE_KINDS.find((kind) => kind.name === name)?.better === 'lower';
}

/** Of the run's scores during training; undefined if it has none. */
export function scoreValue({ scores }: LessonRun, name: string, moment: ScoreMoment): number | undefined {
  const values = scores.filter((one) => one.name === name).map(({ value }) => value);
  if (moment === 'last') return values.at(-1);
  const better = isLowerBetter(name) ? Math.min : Math.max;
  return values.length === 0 ? undefined : better(...values);
}
