/** State that a game keeps between steps: its leaves and their initial values. */
import type { LeafDeclaration } from '../../nn/parameters';
import { initialLeaves } from '../../nn/parameters';
import { Random } from '../../random/random';
import type { HostTensor, HostTensors, TensorSpec } from '../../shared/host-tensor';
import { float32 } from '../../shared/host-tensor';
import type { RunSettings } from '../settings';
import type { Player } from './player';
import { ACCUMULATED, averagedLeaves, EMA } from './player';

/** Players that belong together, in the order in which their leaves are stored. */
export interface StateLayout {
  readonly generator: Player;
  readonly discriminator: Player;
  readonly settings: Pick<RunSettings, 'optimiser' | 'accumulate' | 'averaging'>;
  /** Leaves other than those of the players: their shapes and fill values. */
  readonly others: Readonly<Record<string, { readonly shape: readonly number[]; readonly value: number }>>;
}

/** All leaves of the state, computed without drawing any weights. */
export function leafSpecs({
  generator,
  discriminator,
  settings,
  others,
}: StateLayout): Record<string, TensorSpec> {
  const { optimiser, accumulate, averaging } = settings;
  const own = [...generator.leaves, ...discriminator.leaves];
  const isTrained = new Set([...generator.trained, ...discriminator.trained]);
  const trained = own.filter(({ name }) => isTrained.has(name));
  const averaged = averaging === undefined ? [] : averagedLeaves(generator);
  const shapes: [string, readonly number[]][] = [
    ...own.map(named('')),
    ...trained.flatMap((leaf) => optimiser.slots.map((slot) => named(`${slot}/`)(leaf))),
    ...(accumulate > 1 ? trained.map(named(ACCUMULATED)) : []),
    ...averaged.map(named(EMA)),
    ...Object.entries(others).map(([name, { shape }]): [string, readonly number[]] => [name, shape]),
  ];
  return Object.fromEntries(shapes.map(([name, shape]) => [name, { shape, dtype: 'float32' }]));
}

function named(prefix: string): (leaf: LeafDeclaration) => [string, readonly number[]] {
  return ({ name, shape }) => [prefix + name, shape];
}

/** The state at step 0, with a separate random stream for each network. */
export function firstState(layout: StateLayout, seed: number): HostTensors {
  const { generator, discriminator, others } = layout;
  const begun: Record<string, HostTensor> = {};
  for (const player of [generator, discriminator])
    Object.assign(begun, initialLeaves(player.leaves, Random.seeded(seed, `${player.root} weights`)));
  const first = (name: string, { shape }: TensorSpec): HostTensor => {
    // The average starts out equal to the weights.
    const drawn = begun[name.startsWith(EMA) ? name.slice(EMA.length) : name];
    if (drawn !== undefined) return drawn;
    const tensor = float32(shape);
    tensor.data.fill(others[name]?.value ?? 0);
    return tensor;
  };
  return Object.fromEntries(
    Object.entries(leafSpecs(layout)).map(([name, spec]) => [name, first(name, spec)]),
  );
}
