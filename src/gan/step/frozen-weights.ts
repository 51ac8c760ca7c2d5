/**
 * Weights that keep their values while the rest of a network is trained, chosen by the names of layers. With the first
 * layers of a discriminator, this is FreezeD (Mo, Cho and Shin 2020, "Freeze the Discriminator", section 3).
 */
import type { LeafDeclaration } from '../../nn/parameters';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';

/**
 * Returns the names of the frozen leaves, which never include running statistics: samples use these, so they have to
 * follow what the trained layers before them output.
 *
 * @param root prefix of the network's leaves
 * @param layers paths below the root; a path also covers the layers inside it
 * @throws `WorkbenchError` for a layer that does not exist, and if nothing is left to train
 */
export function frozenWeights(
  root: string,
  leaves: readonly LeafDeclaration[],
  layers: readonly string[],
): ReadonlySet<string> {
  const frozen = new Set<string>();
  for (const layer of layers) {
    const path = `${root}/${layer}`;
    const inside = leaves.filter(({ name }) => name === path || name.startsWith(`${path}/`));
    if (inside.length === 0) throw unknownLayer(root, layer, leaves);
    for (const { name, trained } of inside) if (trained) frozen.add(name);
  }
  if (frozen.size > 0 && leaves.every(({ name, trained }) => !trained || frozen.has(name)))
    throw new WorkbenchError(
      localizable('All layers of the {0} are frozen, so there is nothing to train.', root),
      localizable('Remove layers from "freeze".'),
    );
  return frozen;
}

function unknownLayer(root: string, layer: string, leaves: readonly LeafDeclaration[]): WorkbenchError {
  const existing = new Set(leaves.map(({ name }) => name.slice(root.length + 1).split('/')[0] ?? ''));
  return new WorkbenchError(
    localizable('The {0} has no layer {1} to freeze.', root, JSON.stringify(layer)),
    localizable('Its layers are {0}.', [...existing].join(', ')),
  );
}
