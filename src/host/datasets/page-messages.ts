/** What a page of a dataset may say: anything else is passed over, since a page may be of another version. */
import { DATASET_PARTS, type FromDatasetPage } from '../../shared/dataset-protocol';

/** Messages that say nothing but what is asked for. */
const PLAIN = ['ready', 'again', 'cancel', 'trust', 'start', 'edit'] as const;

function field(value: object, name: string): unknown {
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

export function pageMessage(value: unknown): FromDatasetPage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const type = field(value, 'type');
  const plain = PLAIN.find((known) => known === type);
  if (plain !== undefined) return { type: plain };
  if (type === 'fetch') {
    const name = field(value, 'name');
    return typeof name === 'string' ? { type, name } : undefined;
  }
  const [start, count] = [field(value, 'start'), field(value, 'count')];
  const part = DATASET_PARTS.find((known) => known === field(value, 'part'));
  return type === 'images' && part !== undefined && isIndex(start) && isIndex(count)
    ? { type, part, start, count }
    : undefined;
}

/** The experiment of a page that VS Code brings back after a reload. */
export function fileInState(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null) return undefined;
  const file = field(state, 'experimentFile');
  return typeof file === 'string' ? file : undefined;
}
