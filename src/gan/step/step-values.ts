/** Values derived from a step's outputs: gradient norms, and the first value that is not finite. */
import type { HostTensor } from '../../shared/host-tensor';

/** @param squares sum of squares of each leaf's gradient */
export function normOf(squares: HostTensor | undefined): number {
  let sum = 0;
  for (const value of squares?.data ?? []) sum += value;
  return Math.sqrt(sum);
}

export function firstNonFinite(values: Readonly<Record<string, number>>): string | undefined {
  return Object.keys(values).find((name) => !Number.isFinite(values[name]));
}

/** @param names of the leaves, in the order of their squares */
export function firstNonFiniteGradient(
  names: readonly string[],
  squares: HostTensor | undefined,
): string | undefined {
  const index = (squares?.data ?? []).findIndex((value) => !Number.isFinite(value));
  const name = names[index];
  return name === undefined ? undefined : `gradient of ${name}`;
}
