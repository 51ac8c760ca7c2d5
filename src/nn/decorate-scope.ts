/** How a part changes what a network is given without the network's knowledge: spectral norm, taps, conditioning. */
import type { Scope } from './scope';

/**
 * The scope with some members replaced, in every layer below as well.
 *
 * @param change is given each undecorated scope, and returns the members that replace its own
 */
export function decorateScope(scope: Scope, change: (scope: Scope) => Partial<Scope>): Scope {
  return {
    ...scope,
    ...change(scope),
    layer: (name, body) => scope.layer(name, (inner) => body(decorateScope(inner, change))),
  };
}
