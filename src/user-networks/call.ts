/** Wraps a user's function as a network, with errors that report which call failed, where and with which arguments. */
import * as tf from '@tensorflow/tfjs-core';
// Enables `x.add(y)`, which users expect from every TensorFlow.js example.
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import type { NetworkContext } from '../gan/networks/network';
import * as initialisers from '../nn/initialisers';
import * as layers from '../nn/layers';
import type { Network } from '../nn/scope';
import { describeError, WorkbenchError } from '../shared/errors';
import { localizable } from '../shared/localizable-text';
import { placeIn } from './place-in';
import { UserNetworkError } from './user-network-error';
import { FailedCall, watched } from './watched';

/** Context passed to a user's function, after its scope and its input. */
export interface UserNetworkContext extends Pick<NetworkContext, 'example' | 'latentSize' | 'input'> {
  readonly tf: typeof tf;
  readonly layers: typeof layers;
  readonly initialisers: typeof initialisers;
}

const watchedTf = watched('tf', tf);
const watchedLayers = watched('layers', layers);

export interface UserFunction {
  readonly run: (...given: unknown[]) => unknown;
  readonly name: string;
  /** Absolute path of its module. */
  readonly file: string;
}

export function networkOfFunction(
  userFunction: UserFunction,
  { example, latentSize, input: given }: NetworkContext,
): Network {
  const context: UserNetworkContext = {
    tf: watchedTf,
    layers: watchedLayers,
    initialisers,
    example,
    latentSize,
    ...(given === undefined ? {} : { input: given }),
  };
  const { name, file } = userFunction;
  return (scope, input) => {
    const made = call(userFunction, [scope, input, context]);
    if (made instanceof tf.Tensor) return made;
    throw new UserNetworkError(
      localizable(
        '"{0}" of {1} returns {2} instead of a tensor.',
        name,
        file,
        made instanceof Promise ? 'Promise' : typeof made,
      ),
      file,
    );
  };
}

function call(userFunction: UserFunction, given: unknown[]): unknown {
  const { name, file } = userFunction;
  try {
    return userFunction.run(...given);
  } catch (error) {
    const place = placeIn(userFunction.file, error);
    if (error instanceof FailedCall)
      throw new UserNetworkError(
        localizable(
          '"{0}" of {1} fails at {2}, in {3}: {4}',
          name,
          file,
          place ?? '?',
          error.call,
          error.message,
        ),
        file,
        { cause: error },
      );
    if (error instanceof WorkbenchError) throw error;
    throw new UserNetworkError(
      place === undefined
        ? localizable('"{0}" of {1} fails: {2}', name, file, describeError(error))
        : localizable('"{0}" of {1} fails at {2}: {3}', name, file, place, describeError(error)),
      file,
      { cause: error },
    );
  }
}
