/** The state of a run whose networks or optimiser have changed: what still fits is kept. */
import type { HostTensor, HostTensors } from '../../shared/host-tensor';
import { NETWORK_ROLES, type NetworkRole } from '../../shared/run-format';
import type { Player } from './player';

export interface CarriedState {
  readonly leaves: HostTensors;
  /** The networks whose optimiser starts over, and counts its updates anew. */
  readonly restarted: readonly NetworkRole[];
}

/**
 * Leaves of the same name and shape keep their values, all others take those of `fresh`. The optimiser of a network has
 * one count of updates, from which Adam corrects its moments; where any of its slots is new, all start over.
 *
 * @param fresh every leaf of the changed networks, in order
 */
export function carryOver(
  before: HostTensors,
  fresh: HostTensors,
  {
    players,
    slots,
  }: { readonly players: Readonly<Record<NetworkRole, Player>>; readonly slots: readonly string[] },
): CarriedState {
  const restarted: NetworkRole[] = [];
  const reset = new Set<string>();
  for (const role of NETWORK_ROLES) {
    const names = players[role].trained.flatMap((leaf) => slots.map((slot) => `${slot}/${leaf}`));
    if (names.every((name) => fits(before[name], fresh[name]))) continue;
    restarted.push(role);
    for (const name of names) reset.add(name);
  }
  const leaves = Object.fromEntries(
    Object.entries(fresh).map(([name, leaf]): [string, HostTensor] => {
      const kept = before[name];
      return [name, kept !== undefined && !reset.has(name) && fits(kept, leaf) ? kept : leaf];
    }),
  );
  return { leaves, restarted };
}

function fits(kept: HostTensor | undefined, leaf: HostTensor | undefined): boolean {
  return kept?.dtype === leaf?.dtype && kept?.shape.join() === leaf?.shape.join();
}
