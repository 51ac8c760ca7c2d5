/** Opens a packed cache, creating it if necessary. */
import { join } from 'node:path';
import { describeError, WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { CACHE_REMEDY, cacheFolder, damagedCache } from './cache';
import { makePack, type PackPlan, type PackRequest } from './make-pack';
import { openPack, type Pack } from './pack';

/** The folder of the packs, named `<name>.pack`. */
export function packFolder(): string {
  return join(cacheFolder(), 'packs');
}

/** Throws `DataError`, including when the cache cannot be written. */
export async function openOrMakePack(plan: PackPlan, request: PackRequest): Promise<Pack> {
  try {
    const there = await openPack(plan.file);
    if (there !== undefined) return there;
    await makePack(plan, request);
    const made = await openPack(plan.file);
    if (made !== undefined) return made;
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    throw new DataError(
      localizable('Cannot write the image cache {0}: {1}.', plan.file, describeError(error)),
      CACHE_REMEDY,
      { cause: error },
    );
  }
  throw damagedCache(plan.file);
}
