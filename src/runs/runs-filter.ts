/** The filter of the tree: shows the runs that match the user's text. */
import type { CataloguedRun } from './run-catalogue';

/** The searchable text of a run: its name, folder, experiment, tags as `#tag`, and status. */
export function searchedText({ run, labels }: CataloguedRun, stateName: string): string {
  const recorded = 'record' in run ? [run.record.experiment, run.status] : [];
  const words = [labels.name ?? '', run.folder.split(/[\\/]/).at(-1) ?? '', ...recorded, stateName];
  return [...words, ...labels.tags.map((tag) => `#${tag}`)].join('\n');
}
