import { expectTypeOf, it } from 'vitest';
import type * as declared from '../../types/networks';
import type { Scope } from '../nn/scope';
import type { UserNetworkContext } from './call';

it('what is declared to a person is what a function gets; the compiler checks it', () => {
  expectTypeOf<UserNetworkContext>().toExtend<declared.UserNetworkContext>();
  expectTypeOf<Scope>().toExtend<Omit<declared.Scope, 'layer'>>();
});
