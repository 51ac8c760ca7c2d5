/** What a filter lets through: the tree and the table of runs are filtered alike. */

/** Whether every word of the filter occurs, in either case; an empty filter fits everything. */
export function fits(text: string, filter: string): boolean {
  const searched = text.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word));
}
