/** Reads training requests that an earlier window, possibly of another version, left in the workspace state. */
import type { TrainingRequest } from '../../shared/worker-protocol';

/** Returns the valid ones, in order. */
export function storedRequests(value: unknown): readonly TrainingRequest[] {
  return Array.isArray(value) ? value.flatMap((each) => storedRequest(each) ?? []) : [];
}

function storedRequest(value: unknown): TrainingRequest | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(value));
  const [experimentFile, runFolder, engine] = ['experimentFile', 'runFolder', 'engine'].map((key) =>
    fields.get(key),
  );
  const [threads, totalSteps, fromStep] = ['threads', 'totalSteps', 'fromStep'].map((key) =>
    wholeNumber(fields.get(key)),
  );
  const type = fields.get('type');
  if (type === 'start' && typeof experimentFile === 'string')
    return {
      type,
      experimentFile,
      ...(threads === undefined ? {} : { threads }),
      ...(typeof engine === 'string' ? { engine } : {}),
    };
  if (typeof runFolder !== 'string') return undefined;
  const total = totalSteps === undefined ? {} : { totalSteps };
  if (type === 'resume') return { type, runFolder, ...total };
  if (type !== 'fork' || fromStep === undefined) return undefined;
  const changes = fields.get('changes');
  return { type, runFolder, fromStep, ...total, ...(areTexts(changes) ? { changes } : {}) };
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
