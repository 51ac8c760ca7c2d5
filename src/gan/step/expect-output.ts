/** Checks that a network's output fits its role in a game. */
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import type { Player } from './player';

/**
 * Throws `WorkbenchError` if the output has another shape.
 *
 * @param shape including the batch
 */
export function expectOutput(player: Player, shape: readonly number[]): void {
  if (shape.join() !== player.outputShape.join()) throw misfit(player, `[${shape.join(', ')}]`);
}

/** Throws `WorkbenchError` if a discriminator outputs neither one logit per example nor one per patch. */
export function expectLogits(player: Player, batchSize: number): void {
  if (player.outputShape.at(0) !== batchSize || player.outputShape.at(-1) !== 1)
    throw misfit(player, `[${batchSize}, 1], or [${batchSize}, rows, columns, 1] of patches`);
}

function misfit({ root, outputShape }: Player, expected: string): WorkbenchError {
  return new WorkbenchError(
    localizable(
      'The output of the {0} is [{1}], but {2} is required.',
      root,
      outputShape.join(', '),
      expected,
    ),
    localizable('Use another network, or change its sizes.'),
  );
}
