/** How a conditioning looks at what a discriminator makes known inside. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { decorateScope } from '../../nn/decorate-scope';
import type { Network, Scope } from '../../nn/scope';
import { WorkbenchError } from '../../shared/errors';
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import type { Combination } from '../combination';

/** `[batch, units]`: what the last layer of a discriminator sees. */
const FEATURES = 'features';

/** Why a conditioning that needs one vector of features for an image cannot be used. */
export function refusePatches({ discriminator }: Combination): LocalizableText | undefined {
  return discriminator.judgesPatches
    ? localizable(
        'it needs features of the whole image, and {0} judges patches; use "concatenation"',
        JSON.stringify(discriminator.network),
      )
    : undefined;
}

/** The output of a discriminator together with its features; throws `WorkbenchError` where it makes none known. */
export function withFeatures(
  network: Network,
  scope: Scope,
  input: Tensor,
): { readonly logits: Tensor; readonly features: Tensor } {
  let features: Tensor | undefined;
  const observed = decorateScope(scope, (inner) => ({
    tap(name, value) {
      if (name === FEATURES) features = value;
      inner.tap(name, value);
    },
  }));
  const logits = network(observed, input);
  if (features === undefined)
    throw new WorkbenchError(
      localizable('The conditioning needs the features of the {0}, which it does not expose.', scope.path),
      localizable(
        'Call scope.tap("features", …) with the input of its last layer, or use the conditioning "concatenation".',
      ),
    );
  return { logits, features };
}
