/** Modifies the scope of a network without its involvement: for spectral norm, taps and conditioning. */
import type { Scope } from './scope';

/**
 * Replaces some members of a scope and of every nested layer's scope.
 *
 * @param change receives each undecorated scope, and returns the members to replace
 */
export function decorateScope(scope: Scope, change: (scope: Scope) => Partial<Scope>): Scope {
  return {
    ...scope,
    ...change(scope),
    layer: (name, body) => scope.layer(name, (inner) => body(decorateScope(inner, change))),
  };
}
