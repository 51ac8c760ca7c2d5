/** What a finding says, in the language of VS Code; records of older versions say it in English alone. */
import type { FindingChange, FindingRecord } from '../src/shared/run-format';
import { translated } from './texts';

export function findingTitle({ rule, title }: FindingRecord): string {
  return title === undefined ? rule : translated(title);
}

export function findingMessage({ message, said }: FindingRecord): string {
  return said === undefined ? message : translated(said.text, said.values);
}

export function findingExplanation({ explanation }: FindingRecord): string | undefined {
  return explanation === undefined ? undefined : translated(explanation);
}

export function changeTitle({ title, said }: FindingChange): string {
  return said === undefined ? title : translated(said.text, said.values);
}
