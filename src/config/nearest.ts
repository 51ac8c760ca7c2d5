/** Finds the nearest valid name for a misspelt one, for "Did you mean …?". */
import { closestMatch } from 'leven';

/** Ignores case; a third of the name may be wrong, so that `optimizer` finds `optimiser` and `dcgna` finds `dcgan`. */
export function nearestName(misspelt: string, names: readonly string[]): string | undefined {
  const nearest = closestMatch(
    misspelt.toLowerCase(),
    names.map((name) => name.toLowerCase()),
    { maxDistance: Math.ceil(misspelt.length / 3) },
  );
  return names.find((name) => name.toLowerCase() === nearest);
}
