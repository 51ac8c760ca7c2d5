/** Exports a run in one of the registered formats. */
import { type OpenedGenerator, openGenerator, readLatestConfig } from '../session/stored-run';
import { EXPORT_FORMATS, type ExportFormatName } from '../shared/export-formats';
import { writeOutput } from '../storage/placed-output';
import { DEFAULT_OPTIONS, type ExportOptions } from './exporter';
import { exporters } from './registry';

export interface RunExport extends Partial<ExportOptions> {
  readonly runFolder: string;
  readonly format: ExportFormatName;
  readonly path: string;
  /** The checkpoint; by default the best by score, otherwise the newest. */
  readonly step?: number;
  readonly replaces: boolean;
  /** Cancels the export at the next sign of progress. */
  readonly signal?: AbortSignal;
  report?(done: number, total: number): void;
}

/** Throws `ExportError`, `OccupiedError`, and what reading the run and writing the files throw. */
export async function exportRun(asked: RunExport): Promise<void> {
  const { path, replaces, runFolder, step, signal } = asked;
  const isFolder = EXPORT_FORMATS.some(({ name, output }) => name === asked.format && output === 'folder');
  await writeOutput({ path, kind: isFolder ? 'folder' : 'file', replaces }, async (place) => {
    let opened: Promise<OpenedGenerator> | undefined;
    try {
      const config = await readLatestConfig(runFolder);
      await exporters[asked.format](
        {
          ...DEFAULT_OPTIONS,
          ...asked,
          config,
          report(done, total) {
            signal?.throwIfAborted();
            asked.report?.(done, total);
          },
          openGenerator() {
            opened ??= openGenerator(runFolder, step);
            return opened;
          },
        },
        place,
      );
      signal?.throwIfAborted();
    } finally {
      await (await opened?.catch(() => undefined))?.close();
    }
  });
}
