/**
 * `control/`: input to a run from processes other than its writer. Each request is a file of its own, created or
 * removed atomically, so that the editor, the command line and a user with `touch` can write concurrently without a
 * lock.
 */
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { localizable } from '../shared/localizable-text';
import {
  CONTROL_FILES,
  CONTROL_REQUESTS,
  type ControlRequest,
  RUN_FILES,
  RUN_SCHEMA_VERSION,
  type RunLabels,
  stepFileName,
  stepOfFileName,
} from '../shared/run-format';
import { createFolder, readFolder, writeFileDurably } from '../storage/durable-file';
import { storageError } from '../storage/storage-error';
import { jsonText, readVersionedJson } from './json-file';
import { pathInRun } from './path-in-run';

/** Throws `RunFolderError` if a link leads out of the run. */
function controlPath(runFolder: string, ...names: readonly string[]): Promise<string> {
  return pathInRun(runFolder, RUN_FILES.control, ...names);
}

async function createEmptyFile(path: string): Promise<void> {
  try {
    await createFolder(dirname(path));
    await writeFile(path, '');
  } catch (error) {
    throw storageError(localizable('write {0}', path), error);
  }
}

/**
 * Sends a request to the process that trains the run; handled between steps, with an added delay of at most about a
 * quarter of a second.
 */
export async function requestControl(runFolder: string, request: ControlRequest): Promise<void> {
  await createEmptyFile(await controlPath(runFolder, CONTROL_FILES.requests, request));
}

/** Whether a request is still pending. */
export async function isRequested(runFolder: string, request: ControlRequest): Promise<boolean> {
  return (await readFolder(await controlPath(runFolder, CONTROL_FILES.requests))).includes(request);
}

/** Takes the pending requests; each is returned once. Files with other names are left alone. */
export async function takeControlRequests(runFolder: string): Promise<readonly ControlRequest[]> {
  const folder = await controlPath(runFolder, CONTROL_FILES.requests);
  const names = await readFolder(folder);
  const requests = CONTROL_REQUESTS.filter((request) => names.includes(request));
  // Only the name matters, so remove it even if it is a folder.
  for (const request of requests) await rm(join(folder, request), { force: true, recursive: true });
  return requests;
}

function pinPath(runFolder: string, step: number): Promise<string> {
  return controlPath(runFolder, CONTROL_FILES.pins, stepFileName(step, 'safetensors'));
}

/** Keeps the checkpoint of this step permanently. */
export async function pinCheckpoint(runFolder: string, step: number): Promise<void> {
  await createEmptyFile(await pinPath(runFolder, step));
}

export async function unpinCheckpoint(runFolder: string, step: number): Promise<void> {
  await rm(await pinPath(runFolder, step), { force: true, recursive: true });
}

export async function pinnedSteps(runFolder: string): Promise<ReadonlySet<number>> {
  const names = await readFolder(await controlPath(runFolder, CONTROL_FILES.pins));
  return new Set(names.flatMap((name) => stepOfFileName(name) ?? []));
}

export const labelsSchema: z.ZodType<RunLabels> = z.object({
  schemaVersion: z.int().min(1),
  name: z.string().exactOptional(),
  tags: z.array(z.string()),
  note: z.string(),
});

/** The user's name, tags and note; empty if there is no such file. Throws `RunFolderError`. */
export async function readLabels(runFolder: string): Promise<RunLabels> {
  const names = await readFolder(await controlPath(runFolder));
  if (!names.includes(CONTROL_FILES.labels)) return { schemaVersion: RUN_SCHEMA_VERSION, tags: [], note: '' };
  return await readVersionedJson(await controlPath(runFolder, CONTROL_FILES.labels), labelsSchema);
}

export async function writeLabels(runFolder: string, labels: RunLabels): Promise<void> {
  await writeFileDurably(await controlPath(runFolder, CONTROL_FILES.labels), jsonText(labels));
}
