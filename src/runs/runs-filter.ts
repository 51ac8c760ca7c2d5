/** Which runs the tree shows: those that fit what a person has typed. */
import type { CataloguedRun } from './run-catalogue';

/** What a run is found by: its name, its folder, its experiment, its tags as `#tag`, and its state. */
export function searchedText({ run, labels }: CataloguedRun, stateName: string): string {
  const recorded = 'record' in run ? [run.record.experiment, run.status] : [];
  const words = [labels.name ?? '', run.folder.split(/[\\/]/).at(-1) ?? '', ...recorded, stateName];
  return [...words, ...labels.tags.map((tag) => `#${tag}`)].join('\n');
}
