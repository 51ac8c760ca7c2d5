/**
 * The state at step 0 with the weights of an earlier run, taken leaf by leaf: by name, and where the shapes are equal.
 * Images of another size or another number of classes thus share whatever does not depend on it.
 */
import type { HostTensor, HostTensors } from '../shared/host-tensor';
import type { NetworkRole } from '../shared/run-format';
import { EMA } from './step/player';

export interface WantedWeights {
  readonly networks: readonly NetworkRole[];
  /** Whether to start the generator from its moving average, where there is one. */
  readonly average: boolean;
}

/** A weight that cannot be taken; a shape is undefined where the weight does not exist. */
export interface Misfit {
  readonly leaf: string;
  readonly found: readonly number[] | undefined;
  readonly needed: readonly number[] | undefined;
}

export interface InitialWeights {
  readonly leaves: HostTensors;
  /** Number of leaves that were taken. */
  readonly taken: number;
  /** Whether a moving average was taken. */
  readonly isAveraged: boolean;
  readonly misfits: readonly Misfit[];
}

/**
 * @param initial all leaves at step 0
 * @param found leaves of a checkpoint
 */
export function withWeightsOf(
  found: HostTensors,
  initial: HostTensors,
  { networks, average }: WantedWeights,
): InitialWeights {
  // The second network of a role is that of the other direction in a CycleGAN.
  const roots = networks.flatMap((role) => [`${role}/`, `${role}Back/`]);
  const isWanted = (name: string): boolean => roots.some((root) => name.startsWith(root));
  const leaves: Record<string, HostTensor> = { ...initial };
  const misfits: Misfit[] = [];
  let taken = 0;
  let isAveraged = false;
  for (const [name, needed] of Object.entries(initial)) {
    if (!isWanted(name)) continue;
    const averaged = average ? ownTensor(found, EMA + name) : undefined;
    const tensor = averaged ?? ownTensor(found, name);
    if (tensor === undefined || !isAlike(tensor, needed)) {
      misfits.push({ leaf: name, found: tensor?.shape, needed: needed.shape });
      continue;
    }
    taken++;
    isAveraged ||= averaged !== undefined;
    leaves[name] = tensor;
    // The average starts out equal to the weights.
    if (EMA + name in initial) leaves[EMA + name] = tensor;
  }
  for (const [name, { shape }] of Object.entries(found))
    if (isWanted(name) && !Object.hasOwn(initial, name))
      misfits.push({ leaf: name, found: shape, needed: undefined });
  return { leaves, taken, isAveraged, misfits };
}

/** Names in a file are any text, and could be those of members of every object. */
function ownTensor(tensors: HostTensors, name: string): HostTensor | undefined {
  return Object.hasOwn(tensors, name) ? tensors[name] : undefined;
}

function isAlike(a: HostTensor, b: HostTensor): boolean {
  return a.dtype === b.dtype && a.shape.join() === b.shape.join();
}
