/**
 * The parameters that a sweep varies. A trial is a point of the unit cube with one coordinate per parameter, so that search methods
 * need not know about scales: on a logarithmic scale, equal steps of the coordinate multiply the value.
 */
import * as z from 'zod';
import { choice } from '../shared/choice';
import type { ConfigValue } from '../shared/run-format';

const list = z.array(z.json()).min(1).max(1000).describe('The values to try, each equally likely at first.');

const range = z
  .strictObject({
    from: z.number().describe('Lower end of the range, included.'),
    to: z.number().describe('Upper end of the range, included.'),
    by: choice(['uniform', 'log-uniform', 'integer', 'log-integer'], {
      uniform: 'Any number, each part of the range equally likely.',
      'log-uniform': 'Any number, each order of magnitude equally likely; for learning rates and weights.',
      integer: 'Any whole number.',
      'log-integer': 'Any whole number, each order of magnitude equally likely; for sizes.',
    })
      .default('uniform')
      .describe('The scale of the range.'),
  })
  .describe('A range of numbers.');

export const parameterSchema = z.union([list, range]);
export type Parameter = z.output<typeof parameterSchema>;

function isList(parameter: Parameter): parameter is z.output<typeof list> {
  return Array.isArray(parameter);
}

function isLogarithmic(by: string): boolean {
  return by === 'log-uniform' || by === 'log-integer';
}

function isWhole(by: string): boolean {
  return by === 'integer' || by === 'log-integer';
}

/** Number of distinct values; infinite for a range of real numbers. */
export function valueCount(parameter: Parameter): number {
  if (isList(parameter)) return parameter.length;
  const { from, to, by } = parameter;
  return isWhole(by) ? to - from + 1 : from === to ? 1 : Number.POSITIVE_INFINITY;
}

/** Whether neighbouring coordinates have similar values. A list has an order only where all its values are numbers. */
export function isOrdered(parameter: Parameter): boolean {
  if (!isList(parameter)) return true;
  return parameter.every(
    (value, index) => typeof value === 'number' && (index === 0 || value > Number(parameter[index - 1])),
  );
}

/** Why a range has no values, or none on its scale; undefined if it is one. */
export function flawOf(parameter: Parameter): 'reversed' | 'not positive' | 'not whole' | undefined {
  if (isList(parameter)) return undefined;
  const { from, to, by } = parameter;
  if (from > to) return 'reversed';
  if (isLogarithmic(by) && from <= 0) return 'not positive';
  return isWhole(by) && !(Number.isSafeInteger(from) && Number.isSafeInteger(to)) ? 'not whole' : undefined;
}

/** @param coordinate from 0 to 1 */
export function valueAtCoordinate(parameter: Parameter, coordinate: number): ConfigValue {
  if (isList(parameter)) {
    const index = Math.min(parameter.length - 1, Math.floor(coordinate * parameter.length));
    return parameter[index] ?? null;
  }
  const { from, to, by } = parameter;
  // Each whole number has an equal share of the scale, and so has the last.
  const [low, high] = isWhole(by) ? [from - 0.5, to + 0.5] : [from, to];
  const value = isLogarithmic(by)
    ? Math.exp(Math.log(low) + coordinate * (Math.log(high) - Math.log(low)))
    : low + coordinate * (high - low);
  const kept = isWhole(by) ? Math.round(value) : rounded(value);
  return Math.min(to, Math.max(from, kept));
}

/** Six digits are more than any setting needs, and short enough to read in a table. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** Coordinates of a grid: every value of a list or of a short range, else `points` values from end to end. */
export function gridCoordinates(parameter: Parameter, points: number): number[] {
  const count = valueCount(parameter);
  if (count <= points || isList(parameter)) return Array.from({ length: count }, (_, i) => (i + 0.5) / count);
  return Array.from({ length: points }, (_, i) => (points === 1 ? 0.5 : i / (points - 1)));
}
