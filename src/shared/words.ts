/** Text filter shared by the tree and the table of runs. */

/** Whether every word of the filter occurs in the text, ignoring case; an empty filter matches everything. */
export function fits(text: string, filter: string): boolean {
  const searched = text.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word));
}
