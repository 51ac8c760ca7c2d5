/** Some of the examples of a larger body, as examples of their own. */
import type { Examples } from './source';

/** The examples at `members`; closing it closes the body, which may be closed more than once. */
export function subset(all: Examples, members: Uint32Array): Examples {
  let closed = false;
  return {
    count: members.length,
    shape: all.shape,
    classes: all.classes,
    read: (indices, target, labels) =>
      all.read(
        indices.map((index) => members[index] ?? 0),
        target,
        labels,
      ),
    async close() {
      if (closed) return;
      closed = true;
      await all.close();
    },
  };
}
