/** Settings by as little of their dotted keys as tells them apart. */

/** The shortest unique suffix of each dotted key: at least two names, since the last may be `name`. */
export function shortKeys(keys: readonly string[]): readonly string[] {
  return keys.map((key) => {
    const parts = key.split('.');
    const ends = parts.map((_, index) => parts.slice(Math.max(0, parts.length - 2 - index)).join('.'));
    const isUnique = (end: string): boolean =>
      keys.filter((other) => other === end || other.endsWith(`.${end}`)).length === 1;
    return ends.find(isUnique) ?? key;
  });
}
