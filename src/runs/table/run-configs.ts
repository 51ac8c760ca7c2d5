/** The settings of runs as table rows, reread only when a run has changed. Does not depend on VS Code. */
import { createHash } from 'node:crypto';
import { readConfigJson } from '../../run-folder/interventions';
import { flatten } from '../../shared/config-rows';
import { type SeedIdentity, seedIdentity } from '../../shared/seed-groups';
import type { CataloguedRun } from '../run-catalogue';

/** Values as text, by dotted key. */
export type RunConfig = ReadonlyMap<string, string>;

const PARALLEL_READS = 16;
const NONE: RunConfig = new Map();

/** A config that cannot be read has no values; the tree and the dashboard report the error. */
export async function readConfig(folder: string): Promise<RunConfig> {
  try {
    return new Map(flatten(await readConfigJson(folder), ''));
  } catch {
    return NONE;
  }
}

interface Known {
  readonly run: CataloguedRun;
  readonly config: RunConfig;
  readonly identity: SeedIdentity | undefined;
}

/** Hashed, since the page gets it with every row. */
function identityOf({ run }: CataloguedRun, config: RunConfig): SeedIdentity | undefined {
  const identity = 'record' in run ? seedIdentity(config, run.record) : undefined;
  return identity && { ...identity, rest: createHash('sha256').update(identity.rest).digest('base64url') };
}

export class RunConfigs {
  readonly #known = new Map<string, Known>();

  /** Empty until it has been read. */
  of(folder: string): RunConfig {
    return this.#known.get(folder)?.config ?? NONE;
  }

  /** What the run is besides its seed; undefined until it has been read, or if it cannot be. */
  identityOf(folder: string): SeedIdentity | undefined {
    return this.#known.get(folder)?.identity;
  }

  /** Reads the configs of new or changed runs, and drops all others. */
  async read(runs: readonly CataloguedRun[]): Promise<void> {
    const present = new Set(runs.map(({ run }) => run.folder));
    for (const folder of this.#known.keys()) if (!present.has(folder)) this.#known.delete(folder);
    const waiting = runs.values();
    const readRest = async (): Promise<void> => {
      for (const run of waiting) {
        const { folder } = run.run;
        // The catalogue returns the same object for a run while its files are unchanged.
        if (this.#known.get(folder)?.run === run) continue;
        const config = await readConfig(folder);
        this.#known.set(folder, { run, config, identity: identityOf(run, config) });
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_READS }, readRest));
  }
}
