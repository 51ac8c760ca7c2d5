/** Attributes of operators as numbers. */

export function integersOf(attribute: unknown): number[] {
  return Array.isArray(attribute) ? attribute.map(Number) : [];
}

/** The slope of a leaky ReLU, of which single precision has seven digits. */
export function slopeOf(attribute: unknown): number {
  const slope =
    typeof attribute === 'object' && attribute !== null && 'float' in attribute
      ? Number(attribute.float)
      : 0.01;
  return Number(slope.toPrecision(7));
}
