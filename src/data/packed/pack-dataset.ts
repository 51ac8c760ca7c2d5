/** Turns packed caches into datasets: generated data, and the division of a pack into parts. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { localizable } from '../../shared/localizable-text';
import { divide, select } from '../divide';
import type { Dataset, OpenContext, SourceItem } from '../source';
import { type Split, splitIndices } from '../split';
import type { Produced } from './make-pack';
import { openOrMakePack, packFolder } from './open-or-make';
import type { Pack, PackView } from './pack';
import type { PackContents } from './pack-format';

export interface Drawing {
  /** Kind of data, e.g. `shapes`; the prefix of the cache's name. */
  readonly kind: string;
  /** Everything that affects the drawn examples, including the version of the drawing code. */
  readonly decidedBy: Readonly<Record<string, string | number>>;
  readonly contents: PackContents;
  readonly count: number;
  /** Draws the record of one example. */
  draw(index: number): Promise<Produced>;
}

/** Throws `DataError`. */
export async function openDrawing(
  { kind, decidedBy, contents, count, draw }: Drawing,
  context: OpenContext,
): Promise<Pack> {
  const key = createHash('sha256')
    .update(JSON.stringify({ decidedBy, contents, count }))
    .digest('hex')
    .slice(0, 32);
  const file = join(packFolder(), `${kind}-${key}.pack`);
  return await openOrMakePack({ file, contents, total: count, parallel: 1, produce: draw }, context);
}

/** Holds out a fraction of the pack's examples; the selection depends on their number alone. */
export function datasetOf(pack: Pack, share: number, view?: PackView): Dataset {
  const { count, fingerprint, skipped } = pack.description;
  const split = splitIndices(count, share);
  return {
    ...divide(pack.examples(view), split),
    fingerprint,
    skipped,
    origins: () => originsOf(pack, split),
  };
}

async function* originsOf(pack: Pack, { train, heldOut }: Split): AsyncGenerator<SourceItem> {
  const places = new Map(Array.from(heldOut, (slot, index) => [slot, index]));
  let inTrain = 0;
  for await (const { name, slot, reason } of pack.entries()) {
    if (slot === undefined) {
      yield { name, reason: reason ?? localizable('Skipped') };
      continue;
    }
    const index = places.get(slot);
    if (index !== undefined) {
      yield { name, part: 'heldOut', index };
      continue;
    }
    // Slots ascend with the entries, as do the members of a part.
    while (inTrain < train.length && (train[inTrain] ?? 0) < slot) inTrain++;
    yield { name, part: 'train', index: inTrain };
  }
}

/**
 * Unpaired data from a pack of pairs: input images come from one half of the pairs and target images from the other, so
 * that no input has its counterpart among the examples.
 */
export function unpairedDataset(pack: Pack, share: number, reversed: boolean): Dataset {
  const { count, fingerprint } = pack.description;
  const { train: first, heldOut: second } = splitIndices(count, 0.5);
  const body = (view: PackView, half: Uint32Array): Dataset =>
    divide(select(pack.examples(view), half), splitIndices(half.length, share));
  return {
    ...body(reversed ? 'input alone' : 'target alone', first),
    unpairedInputs: body(reversed ? 'target alone' : 'input alone', second),
    fingerprint,
  };
}

/** The packed images of one folder. */
export interface FolderPack {
  /** The path as written in the experiment. */
  readonly folder: string;
  readonly pack: Pack;
}

/** Combines two packs into unpaired data. */
export function unpairedBodies(made: FolderPack, given: FolderPack, share: number): Dataset {
  return {
    ...datasetOf(made.pack, share),
    unpairedInputs: datasetOf(given.pack, share),
    fingerprint: `${made.pack.description.fingerprint}|${given.pack.description.fingerprint}`,
    skipped: made.pack.description.skipped + given.pack.description.skipped,
    async *origins() {
      const { count } = made.pack.description;
      for await (const origin of originsOf(made.pack, splitIndices(count, share)))
        yield 'reason' in origin ? { ...origin, name: `${made.folder}/${origin.name}` } : origin;
      for await (const { name, reason } of given.pack.entries())
        if (reason !== undefined) yield { name: `${given.folder}/${name}`, reason };
    },
  };
}
