/** Divides a dataset into two parts with independent lifetimes. */
import type { Dataset, Examples } from './source';
import type { Split } from './split';

/** Closes the underlying examples once both parts are closed. */
export function divide(all: Examples, split: Split): Dataset {
  const open = new Set([split.train, split.heldOut]);
  const part = (members: Uint32Array): Examples => ({
    ...select(all, members),
    async close() {
      if (open.delete(members) && open.size === 0) await all.close();
    },
  });
  return { train: part(split.train), heldOut: part(split.heldOut) };
}

/** A subset of the examples, in the order of `members`; closing it closes the underlying examples. */
export function select(all: Examples, members: Uint32Array): Examples {
  const { labels: allLabels } = all;
  return {
    count: members.length,
    shape: all.shape,
    classes: all.classes,
    ...(all.classNames === undefined ? {} : { classNames: all.classNames }),
    ...(allLabels === undefined
      ? {}
      : { labels: Int32Array.from(members, (member) => allLabels[member] ?? 0) }),
    ...(all.input === undefined ? {} : { input: all.input }),
    async read(indices, target, labels, inputs) {
      const original = indices.map((index) => {
        const member = members[index];
        if (member === undefined)
          throw new RangeError(`There is no example ${index} among ${members.length}.`);
        return member;
      });
      await all.read(original, target, labels, inputs);
    },
    close: () => all.close(),
  };
}
