/** Classes as network inputs, and their layout in a sample grid. */
import type { Random } from '../../random/random';
import type { HostTensor } from '../../shared/host-tensor';
import { float32 } from '../../shared/host-tensor';

/** Returns `[labels, classes]`. Throws `RangeError` for a label outside the classes. */
export function oneHot(labels: Int32Array, classes: number): HostTensor {
  const values = new Float32Array(labels.length * classes);
  labels.forEach((label, i) => {
    if (label < 0 || label >= classes)
      throw new RangeError(`the label ${label} is none of ${classes} classes`);
    values[i * classes + label] = 1;
  });
  return float32([labels.length, classes], values);
}

export function randomClasses(random: Random, count: number, classes: number): Int32Array {
  return Int32Array.from({ length: count }, () => random.below(classes));
}

/** One row per class, about `count` cells in total. */
export function rowsOfClasses(
  classes: number,
  count: number,
): { readonly labels: Int32Array; readonly columns: number } {
  const columns = Math.max(1, Math.round(count / classes));
  return {
    labels: Int32Array.from({ length: classes * columns }, (_, i) => Math.floor(i / columns)),
    columns,
  };
}
