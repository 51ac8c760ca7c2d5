/** Scores of each class alone: a generator can make one class badly and hide it behind the others. */
import { classDetails } from '../../shared/class-scores';
import { selectRows } from '../algebra/matrix';
import type { FeatureEvidence } from '../metric';

export type ClassPart = Pick<FeatureEvidence, 'reference' | 'generated'>;

export interface ClassFinding<Found> {
  /** Name or number of the class. */
  readonly label: string;
  /** Left out where there were too few examples of the class. */
  readonly found?: Found;
}

/** What `find` finds in each class that is `isEnough`; nothing where the generator is not class-conditional. */
export async function findInClasses<Found>(
  { classes, reference, generated }: FeatureEvidence,
  isEnough: (part: ClassPart) => boolean,
  find: (part: ClassPart) => Promise<Found>,
): Promise<readonly ClassFinding<Found>[]> {
  if (classes === undefined) return [];
  const members = (labels: Int32Array, wanted: number): number[] =>
    [...labels.keys()].filter((i) => labels[i] === wanted);
  const findings: ClassFinding<Found>[] = [];
  for (let c = 0; c < classes.count; c++) {
    const label = classes.names?.[c] ?? String(c);
    const part = {
      reference: selectRows(reference, members(classes.reference, c)),
      generated: selectRows(generated, members(classes.generated, c)),
    };
    findings.push(isEnough(part) ? { label, found: await find(part) } : { label });
  }
  return findings;
}

/** As they stand in the details of a score. */
export function detailsOfClasses<Found>(
  findings: readonly ClassFinding<Found>[],
  pick: (found: Found) => number,
): Record<string, number | string> {
  const scores = findings.map(({ label, found }) =>
    found === undefined ? { label } : { label, value: pick(found) },
  );
  return classDetails(scores, 'too few examples');
}
