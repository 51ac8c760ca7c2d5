/** What a finding says, in the language of VS Code; records of older versions say it in English alone. */
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

/** What a number of the evidence is called. Records of other versions may have names that are not known: `modesCovered`. */
export function evidenceTitle(name: string): string {
  const title = evidenceTitles.get(name);
  return title === undefined
    ? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : translated(title);
}
