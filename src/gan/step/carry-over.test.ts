import { expect, it } from 'vitest';
import { heNormal } from '../../nn/initialisers';
import { dense } from '../../nn/layers';
import type { HostTensors } from '../../shared/host-tensor';
import { float32 } from '../../shared/host-tensor';
import { carryOver } from './carry-over';
import { declarePlayer, type Player } from './player';

/** Two dense layers, the first of this width. */
function player(root: string, width: number): Player {
  return declarePlayer(
    root,
    (scope, x) =>
      dense(scope, 'out', dense(scope, 'in', x, { units: width, initialiser: heNormal }), {
        units: 2,
        initialiser: heNormal,
      }),
    [4, 3],
    0,
  );
}

/** Every leaf with its moments, all of one value. */
function stateOf(players: readonly Player[], value: number): HostTensors {
  const tensor = (shape: readonly number[]) => {
    const made = float32(shape);
    made.data.fill(value);
    return made;
  };
  const leaves = players.flatMap((one) => one.leaves);
  return Object.fromEntries(
    leaves.flatMap(({ name, shape }) => [
      [name, tensor(shape)],
      [`mean/${name}`, tensor(shape)],
    ]),
  );
}

it('keeps what fits, and starts the optimiser of a network with new weights over', () => {
  const discriminator = player('discriminator', 5);
  const before = stateOf([player('generator', 4), discriminator], 1);
  const players = { generator: player('generator', 6), discriminator };
  const fresh = stateOf([players.generator, discriminator], 2);
  const { leaves, restarted } = carryOver(before, fresh, { players, slots: ['mean'] });
  expect(restarted).toEqual(['generator']);
  expect(Object.keys(leaves)).toEqual(Object.keys(fresh));
  const kept = Object.entries(leaves).flatMap(([name, { data }]) => (data[0] === 1 ? [name] : []));
  const ofDiscriminator = discriminator.leaves.flatMap(({ name }) => [name, `mean/${name}`]);
  expect(kept).toEqual(['generator/out/bias', ...ofDiscriminator]);
});

it('keeps everything where only the losses differ', () => {
  const players = { generator: player('generator', 4), discriminator: player('discriminator', 5) };
  const before = stateOf([players.generator, players.discriminator], 1);
  const fresh = stateOf([players.generator, players.discriminator], 2);
  expect(carryOver(before, fresh, { players, slots: ['mean'] })).toEqual({ leaves: before, restarted: [] });
});
