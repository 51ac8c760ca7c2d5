/** Access to the discriminator's taps for parts that modify it. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { decorateScope } from '../../nn/decorate-scope';
import type { Network, Scope } from '../../nn/scope';
import { WorkbenchError } from '../../shared/errors';
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import type { Combination } from '../combination';

/** `[batch, units]`: the input of the discriminator's last layer. */
const FEATURES = 'features';

/** Returns why a conditioning that needs one feature vector per image cannot be used; undefined if it can. */
export function refusePatches({ discriminator }: Combination): LocalizableText | undefined {
  return discriminator.judgesPatches
    ? localizable(
        'it needs features of the whole image, and {0} judges patches; use "concatenation"',
        JSON.stringify(discriminator.network),
      )
    : undefined;
}

/**
 * Returns the discriminator's output together with its features; throws `WorkbenchError` if it does not expose any.
 *
 * @param part what needs them, as the config names it
 */
export function withFeatures(
  network: Network,
  scope: Scope,
  input: Tensor,
  part: string,
): { readonly logits: Tensor; readonly features: Tensor } {
  let features: Tensor | undefined;
  const observed = decorateScope(scope, (inner) => ({
    tap(name, value) {
      const used = inner.tap(name, value);
      if (name === FEATURES) features = used;
      return used;
    },
  }));
  const logits = network(observed, input);
  if (features === undefined)
    throw new WorkbenchError(
      localizable('The {0} does not expose its features, which {1} needs.', scope.path, JSON.stringify(part)),
      localizable(
        'Call scope.tap("features", …) with the input of its last layer, or remove {0}.',
        JSON.stringify(part),
      ),
    );
  return { logits, features };
}
