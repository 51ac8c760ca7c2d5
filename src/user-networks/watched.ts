/** Functions that report the arguments of a failed call, which tfjs's own messages seldom do. */
import { Tensor } from '@tensorflow/tfjs-core';
import { describeError } from '../shared/errors';

/** A failed call, as in the source: `tf.matMul([2, 64], [32, 10])`. */
export class FailedCall extends Error {
  readonly call: string;

  constructor(call: string, cause: unknown) {
    super(describeError(cause), { cause });
    this.call = call;
  }
}

const MAX_CHARACTERS = 80;

function argumentText(value: unknown): string {
  if (value instanceof Tensor) return `[${value.shape.join(', ')}]`;
  if (typeof value === 'function') return '…';
  if (Array.isArray(value)) return `[${value.map(argumentText).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return 'path' in value ? 'scope' : shortened(JSON.stringify(value));
  return shortened(JSON.stringify(value) ?? String(value));
}

function shortened(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS - 1)}…` : text;
}

/** Returns a proxy of the object whose functions (not classes, whose names are capitalised) throw `FailedCall`. */
export function watched<Names extends object>(name: string, functions: Names): Names {
  return new Proxy(functions, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function' || typeof key !== 'string' || /^[A-Z]/.test(key)) return value;
      return (...given: unknown[]): unknown => {
        try {
          return Reflect.apply(value, undefined, given);
        } catch (error) {
          if (error instanceof FailedCall) throw error;
          throw new FailedCall(`${name}.${key}(${given.map(argumentText).join(', ')})`, error);
        }
      };
    },
  });
}
