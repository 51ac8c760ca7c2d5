/** Localised texts of a finding; records of older versions have English texts only. */
import { EVIDENCE_TITLES } from '../../src/shared/evidence';
import type { FindingChange, FindingRecord } from '../../src/shared/run-format';
import { translated, translatedOr } from '../shared/texts';

export function findingTitle({ rule, title }: FindingRecord): string {
  return title === undefined ? rule : translated(title);
}

export function findingMessage({ message, said }: FindingRecord): string {
  return translatedOr(said, message);
}

export function findingExplanation({ explanation }: FindingRecord): string | undefined {
  return explanation === undefined ? undefined : translated(explanation);
}

export function changeTitle({ title, said }: FindingChange): string {
  return translatedOr(said, title);
}

const evidenceTitles = new Map<string, string>(Object.entries(EVIDENCE_TITLES));

/** Title of a number in the evidence. Records of other versions may contain unknown names: `modesCovered`. */
export function evidenceTitle(name: string): string {
  const title = evidenceTitles.get(name);
  return title === undefined
    ? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : translated(title);
}
