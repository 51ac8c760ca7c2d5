/**
 * Imports images into a packed cache and opens it. The cache's name is derived from the images and the settings:
 * unchanged images open at once, and if some have changed, only those are decoded again.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describeError, WorkbenchError } from '../../shared/errors';
import { formatText, type LocalizableText, localizable, verbatim } from '../../shared/localizable-text';
import { DataError, type Skipped, UnusableFilesError } from '../data-error';
import { errorCode, fileStamp } from '../file-error';
import { CACHE_REMEDY, damagedCache } from '../packed/cache';
import { ImportCancelledError, makePack, type Produced } from '../packed/make-pack';
import { packFolder } from '../packed/open-or-make';
import { openPack, type Pack } from '../packed/pack';
import type { PackContents, PackEntry } from '../packed/pack-format';
import type { OpenContext } from '../source';
import { PassingPictureError, PictureError } from './picture';

/** The source of one record: an image, a pair of images, or an image inside a larger file. */
export interface ImportItem {
  /** Unique and human-readable. */
  readonly name: string;
  /** Stamp of all files that belong to the item. */
  readonly stamp: string;
  readonly label?: number;
  /** Why it cannot be used, if already known. */
  readonly reason?: LocalizableText;
  /** The current stamp, compared after decoding to detect changes. */
  currentStamp?(): Promise<string>;
  /** Throws `PictureError` if it is to be skipped. */
  draw(): Promise<Uint8Array>;
}

export interface ImportPlan {
  /** The user's name for the data, for messages: a folder or a file. */
  readonly title: string;
  /** Everything except the images that affects the bytes; identical for identical settings. */
  readonly settings: string;
  /** Lists the current items. Throws `ImportCancelledError` if the signal is aborted. */
  list(
    signal?: AbortSignal,
  ): Promise<{ readonly items: readonly ImportItem[]; readonly contents: PackContents }>;
  readonly maxSkipped: number;
  /** Remedy for too few images, if they are not files in a folder. */
  readonly tooFewRemedy?: LocalizableText;
}

/** Part of every cache's name: increment it when the rendering of images or the stored reasons change. */
const IMPORT_VERSION = 5;
/** Maximum number of passes over images that keep changing. */
const MAX_PASSES = 3;

/** Throws `DataError`: nothing to import, too many skipped, cancelled, or a cache that cannot be written. */
export async function openImported(
  plan: ImportPlan,
  request: Pick<OpenContext, 'signal' | 'onProgress'>,
): Promise<Pack> {
  try {
    const pack = await importPass(plan, request, 1);
    await checkSkipped(plan, pack);
    return pack;
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    throw new DataError(
      localizable(
        'Cannot cache the images of {0} in {1}: {2}.',
        plan.title,
        packFolder(),
        describeError(error),
      ),
      CACHE_REMEDY,
      { cause: error },
    );
  }
}

async function importPass(
  plan: ImportPlan,
  request: Pick<OpenContext, 'signal' | 'onProgress'>,
  pass: number,
): Promise<Pack> {
  if (request.signal?.aborted === true) throw new ImportCancelledError();
  const { items, contents } = await plan.list(request.signal);
  const settings = hash(`${IMPORT_VERSION}\0${plan.settings}`);
  const packNamed = (key: string): string => join(packFolder(), `${settings}-${key}.pack`);
  let file = packNamed(hash(itemKey(items, contents)));
  const there = await openPack(file);
  if (there !== undefined) return there;
  const older = await newestPack(settings);
  const reusable = await entriesByName(older?.pack);
  let changed = 0;
  let passing = 0;
  try {
    await makePack(
      {
        file,
        contents,
        total: items.length,
        // One more than there are cores keeps them busy while a record is written.
        parallel: availableParallelism() + 1,
        async produce(index) {
          const item = items[index];
          if (item === undefined) throw new RangeError(`there is no item ${index}`);
          const produced = await produce(item, older?.pack, reusable.get(item.name));
          if (produced.entry.stamp === CHANGED) changed++;
          if (produced.entry.stamp === PASSING) passing++;
          return produced;
        },
      },
      request,
    );
  } finally {
    await older?.pack.close();
  }
  if (passing > 0) {
    // Rename the pack to a name that is never looked up: the next start only reuses its valid records.
    const once = packNamed(randomUUID());
    await rename(file, once);
    file = once;
  }
  const pack = await openPack(file);
  if (pack === undefined) throw damagedCache(file);
  await removeOthers(settings, file);
  if (passing > 0) return await refuseIncomplete(plan, pack, passing);
  if (changed === 0) return pack;
  await pack.close();
  if (pass === MAX_PASSES) {
    await rm(file, { force: true });
    throw new DataError(
      localizable('{0} keeps changing: {1} of its images changed during the import.', plan.title, changed),
      localizable('Wait until other programs have finished writing to it, then start again.'),
    );
  }
  return await importPass(plan, request, pass + 1);
}

/** Replaces the stamp of an item that changed while it was decoded, so that the next pass decodes it again. */
const CHANGED = 'changed';
/** Replaces the stamp of an item that may be usable later, so that the next start retries it. */
const PASSING = 'passing';

async function produce(
  item: ImportItem,
  older: Pack | undefined,
  known: PackEntry | undefined,
): Promise<Produced & { readonly entry: Pick<PackEntry, 'name' | 'stamp'> }> {
  const entry = { name: item.name, stamp: item.stamp };
  const label = item.label === undefined ? {} : { label: item.label };
  if (item.reason !== undefined) return { entry, reason: item.reason };
  if (older !== undefined && known?.stamp === item.stamp) {
    if (known.slot !== undefined) return { entry, ...label, record: await older.record(known.slot) };
    if (known.reason !== undefined) return { entry, reason: known.reason };
  }
  const outcome = await item.draw().then(
    (record) => ({ record }),
    (error: unknown) => ({ error }),
  );
  // Check before handling the error: a file that became shorter in the meantime is read past its end.
  const isChanged = item.currentStamp !== undefined && (await item.currentStamp()) !== item.stamp;
  const isRefused = 'error' in outcome && isDenied(outcome.error);
  if (isChanged && !isRefused)
    return { entry: { ...entry, stamp: CHANGED }, reason: localizable('Changed during the import') };
  if ('record' in outcome) return { entry, ...label, ...outcome };
  const { error } = outcome;
  if (!(error instanceof PictureError)) throw error;
  const isPassing = error instanceof PassingPictureError;
  return { entry: isPassing ? { ...entry, stamp: PASSING } : entry, reason: error.reason };
}

/** Revoked permission changes the file's stamp too, and another pass would skip it permanently. */
function isDenied(error: unknown): boolean {
  return error instanceof PassingPictureError && ['EACCES', 'EPERM'].includes(errorCode(error.cause));
}

/** The current stamps of files; `gone` for missing ones. */
export async function stampOf(...paths: readonly string[]): Promise<string> {
  const stamps = paths.map(async (path) => {
    const info = await stat(path, { bigint: true }).catch(() => undefined);
    return info === undefined ? 'gone' : fileStamp(info);
  });
  return (await Promise.all(stamps)).join('|');
}

function* itemKey(items: readonly ImportItem[], contents: PackContents): Generator<string> {
  yield JSON.stringify(contents);
  for (const { name, stamp, label, reason } of items)
    yield `\n${name}\0${stamp}\0${label ?? ''}\0${reason === undefined ? '' : formatText(reason)}`;
}

function hash(parts: string | Iterable<string>): string {
  const sha = createHash('sha256');
  for (const part of typeof parts === 'string' ? [parts] : parts) sha.update(part);
  return sha.digest('hex').slice(0, 24);
}

async function packsOf(settings: string): Promise<string[]> {
  const names = await readdir(packFolder()).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => name.startsWith(`${settings}-`) && name.endsWith('.pack'))
    .map((name) => join(packFolder(), name));
}

/** An earlier import with the same settings, whose unchanged images can be reused. */
async function newestPack(settings: string): Promise<{ readonly pack: Pack } | undefined> {
  const dated = await Promise.all(
    (await packsOf(settings)).map(async (file) => ({ file, mtimeMs: (await stat(file)).mtimeMs })),
  );
  for (const { file } of dated.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
    const pack = await openPack(file);
    if (pack !== undefined) return { pack };
  }
  return undefined;
}

async function entriesByName(pack: Pack | undefined): Promise<Map<string, PackEntry>> {
  const entries = new Map<string, PackEntry>();
  if (pack !== undefined) for await (const entry of pack.entries()) entries.set(entry.name, entry);
  return entries;
}

/** Removes superseded caches. Another run may still be reading one, which some systems then refuse to delete. */
async function removeOthers(settings: string, keep: string): Promise<void> {
  for (const file of await packsOf(settings)) {
    if (file === keep) continue;
    await rm(file, { force: true }).catch((error: unknown) => {
      if (!['EBUSY', 'EPERM', 'EACCES'].includes(errorCode(error))) throw error;
    });
  }
}

/** Maximum number of items in the message, and in a page's list. */
const SHOWN = 5;
const LISTED = 1000;

function listOf(found: readonly Skipped[]): LocalizableText {
  const lines = found.slice(0, SHOWN).map(({ name, reason }) => verbatim(`\n  ${name}: `, reason));
  return lines.length === 0 ? verbatim() : verbatim(' ', localizable('First files:'), ...lines);
}

async function skippedOf(pack: Pack, isWanted: (entry: PackEntry) => boolean): Promise<readonly Skipped[]> {
  const found: Skipped[] = [];
  for await (const entry of pack.entries()) {
    if (found.length === LISTED) break;
    if (entry.reason !== undefined && isWanted(entry)) found.push({ name: entry.name, reason: entry.reason });
  }
  return found;
}

/** A run on the currently usable images could not be resumed once the others become usable. */
async function refuseIncomplete(plan: ImportPlan, pack: Pack, passing: number): Promise<never> {
  const found = await skippedOf(pack, ({ stamp }) => stamp === PASSING);
  await pack.close();
  throw new UnusableFilesError(
    localizable(
      'Some images in {0} cannot be read at the moment: {1}.{2}',
      plan.title,
      passing,
      listOf(found),
    ),
    localizable('Start again to retry only these. Remove those that still cannot be read.'),
    found,
    passing,
  );
}

async function checkSkipped(plan: ImportPlan, pack: Pack): Promise<void> {
  const { count, skipped } = pack.description;
  if (count >= 2 && skipped <= plan.maxSkipped) return;
  const found = await skippedOf(pack, () => true);
  await pack.close();
  const list = listOf(found);
  if (skipped > plan.maxSkipped)
    throw new UnusableFilesError(
      localizable(
        '{0} of {1} images of {2} cannot be used; at most {3} may be skipped.{4}',
        skipped,
        count + skipped,
        plan.title,
        plan.maxSkipped,
        list,
      ),
      localizable('Repair or remove them, or increase "maxSkipped".'),
      found,
      skipped,
    );
  throw new UnusableFilesError(
    localizable(
      '{0} has {1}; a dataset needs at least two.{2}',
      plan.title,
      count === 0 ? localizable('no usable images') : localizable('only one usable image'),
      skipped === 0 ? '' : verbatim(' ', localizable('Skipped: {0}.', skipped), list),
    ),
    plan.tooFewRemedy ?? localizable('Choose a folder of PNG, JPEG, WebP, GIF, BMP, TIFF or SVG files.'),
    found,
    skipped,
  );
}
