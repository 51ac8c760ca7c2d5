/** Scalars that a regulariser keeps from one update of its discriminator to the next, as leaves of the state. */
import type { BoundRegulariser } from './settings';
import type { Player } from './step/player';

/** Not below the player's own leaves, since they are no weights of its network. */
export function keptLeaf(discriminator: Pick<Player, 'root'>, regulariser: string, value: string): string {
  return `regularisers/${discriminator.root}/${regulariser}/${value}`;
}

/** The leaves of all regularisers of a discriminator, with their first values. */
export function keptLeaves(
  discriminator: Pick<Player, 'root'>,
  regularisers: readonly BoundRegulariser[],
): Record<string, { readonly shape: readonly number[]; readonly value: number }> {
  return Object.fromEntries(
    regularisers.flatMap(({ name, state = {} }) =>
      Object.entries(state).map(([key, value]) => [keptLeaf(discriminator, name, key), { shape: [], value }]),
    ),
  );
}
