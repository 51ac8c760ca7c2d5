/** Scores per class: a generator can fail on one class and hide that behind the others. */
import { classDetails } from '../../shared/class-scores';
import { selectRows } from '../algebra/matrix';
import type { FeatureEvidence } from '../metric';

export type ClassPart = Pick<FeatureEvidence, 'reference' | 'generated'>;

export interface ClassFinding<Found> {
  /** Name or number of the class. */
  readonly label: string;
  /** Omitted if there are too few examples of the class. */
  readonly found?: Found;
}

/** Calls `find` for each class that is `isEnough`; returns an empty list if the generator is not class-conditional. */
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

/** Formats the findings as details of a score. */
export function detailsOfClasses<Found>(
  findings: readonly ClassFinding<Found>[],
  pick: (found: Found) => number,
): Record<string, number | string> {
  const scores = findings.map(({ label, found }) =>
    found === undefined ? { label } : { label, value: pick(found) },
  );
  return classDetails(scores, 'too few examples');
}
