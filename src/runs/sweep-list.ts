/** The sweeps in `gan-runs` folders: what tells them apart, read without the schema of sweeps. */
import { join } from 'node:path';
import * as z from 'zod';
import { runNumber } from '../run-folder/create-folder';
import { RunFolderError } from '../run-folder/errors';
import { readVersionedJson } from '../run-folder/json-file';
import { SWEEP_FILES, SWEEPS_FOLDER } from '../shared/sweep-files';
import { readFolder } from '../storage/durable-file';

export interface ListedSweep {
  /** Absolute path. */
  readonly folder: string;
  /** Absolute path of the file that it was made from. */
  readonly sweepFile: string;
  /** Absolute path of the experiment that it varies. */
  readonly experimentFile: string;
  /** Number of trials. */
  readonly trials: number;
  /** ISO 8601. */
  readonly createdAt: string;
}

const planHead = z.object({
  schemaVersion: z.int(),
  sweepFile: z.string(),
  experimentFile: z.string(),
  trials: z.int().min(1),
  createdAt: z.iso.datetime(),
});

/** Newest first. Folders without a readable `sweep.json` are left out. Throws `StorageError`. */
export async function listSweeps(runsFolders: readonly string[]): Promise<ListedSweep[]> {
  const lists = await Promise.all(runsFolders.map(sweepsIn));
  return lists.flat().sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

async function sweepsIn(runsFolder: string): Promise<ListedSweep[]> {
  const parent = join(runsFolder, SWEEPS_FOLDER);
  const names = (await readFolder(parent)).filter((name) => runNumber(name) !== undefined);
  const sweeps = await Promise.all(names.map((name) => sweepIn(join(parent, name))));
  return sweeps.filter((sweep) => sweep !== undefined);
}

async function sweepIn(folder: string): Promise<ListedSweep | undefined> {
  try {
    const { sweepFile, experimentFile, trials, createdAt } = await readVersionedJson(
      join(folder, SWEEP_FILES.plan),
      planHead,
    );
    return { folder, sweepFile, experimentFile, trials, createdAt };
  } catch (error) {
    // A sweep that is being created, or a folder that is none.
    if (error instanceof RunFolderError) return undefined;
    throw error;
  }
}
