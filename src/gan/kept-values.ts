/** Scalars that a regulariser keeps from one update of its network to the next, as leaves of the state. */
import type { BoundRegulariser } from './settings';
import type { Player } from './step/player';

/** Not below the player's own leaves, since they are no weights of its network. */
export function keptLeaf(player: Pick<Player, 'root'>, regulariser: string, value: string): string {
  return `regularisers/${player.root}/${regulariser}/${value}`;
}

/** The leaves of all regularisers of a network, with their first values. */
export function keptLeaves(
  player: Pick<Player, 'root'>,
  regularisers: readonly Pick<BoundRegulariser, 'name' | 'state'>[],
): Record<string, { readonly shape: readonly number[]; readonly value: number }> {
  return Object.fromEntries(
    regularisers.flatMap(({ name, state = {} }) =>
      Object.entries(state).map(([key, value]) => [keptLeaf(player, name, key), { shape: [], value }]),
    ),
  );
}
