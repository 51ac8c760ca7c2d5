/** Choosing a part of an axis, with the mouse or with the keyboard. */
import type { Axis } from './axes';

export type Range = readonly [low: number, high: number];

const WHOLE: Range = [0, 1];
/** Steps of the keyboard along a range of numbers. */
const KEY_STEP = 0.05;
/** Chosen parts that are thinner are clicks. */
const LEAST = 0.01;
/** Ends this near to the end of the axis are meant to be there. */
const NEAR = 0.03;

function clamped(position: number): number {
  return Math.min(1, Math.max(0, position));
}

/** The range between two positions, in any order, widened to whole values of a list; undefined for a click or everything. */
export function brushBetween(axis: Pick<Axis, 'categories'>, a: number, b: number): Range | undefined {
  const [low, high] = [clamped(Math.min(a, b)), clamped(Math.max(a, b))];
  if (high - low < LEAST) return undefined;
  return limited(snapped(axis, [low < NEAR ? 0 : low, high > 1 - NEAR ? 1 : high]));
}

function snapped({ categories }: Pick<Axis, 'categories'>, [low, high]: Range): Range {
  if (categories === undefined) return [low, high];
  const first = Math.min(categories - 1, Math.floor(low * categories));
  const last = Math.max(first + 1, Math.ceil(high * categories - 1e-9));
  return [first / categories, last / categories];
}

/** Undefined for the whole axis, which chooses nothing. */
function limited(range: Range): Range | undefined {
  return range[0] <= 1e-9 && range[1] >= 1 - 1e-9 ? undefined : range;
}

/** The chosen part moved along the axis, as far as there is room. */
export function movedBrush(axis: Pick<Axis, 'categories'>, range: Range, by: number): Range | undefined {
  const step = axis.categories === undefined ? by : Math.round(by * axis.categories) / axis.categories;
  const room = Math.min(1 - range[1], Math.max(-range[0], step));
  return limited([range[0] + room, range[1] + room]);
}

/**
 * What a key on one end of the chosen part makes of it; `'none'` for a key without a meaning here.
 *
 * @param end 0 is the lower one
 */
export function brushByKey(
  axis: Pick<Axis, 'categories'>,
  range: Range | undefined,
  end: 0 | 1,
  key: string,
): Range | undefined | 'none' {
  const step = axis.categories === undefined ? KEY_STEP : 1 / axis.categories;
  const [low, high] = range ?? WHOLE;
  const least = axis.categories === undefined ? KEY_STEP : 1 / axis.categories;
  const to = (position: number): Range | undefined =>
    limited(
      end === 0
        ? [Math.min(Math.max(0, position), high - least), high]
        : [low, Math.max(Math.min(1, position), low + least)],
    );
  const own = end === 0 ? low : high;
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return to(own + step);
    case 'ArrowDown':
    case 'ArrowLeft':
      return to(own - step);
    case 'Home':
      return to(0);
    case 'End':
      return to(1);
    case 'Escape':
    case 'Delete':
      return undefined;
    default:
      return 'none';
  }
}
