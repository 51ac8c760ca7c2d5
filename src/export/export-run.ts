/** Exports a run in one of the registered formats. */
import { type OpenedGenerator, openGenerator, readStoredConfig } from '../session/stored-run';
import { localizable } from '../shared/localizable-text';
import { writeOutput } from '../storage/placed-output';
import { ExportError, type Exporter, type ExportOptions } from './exporter';
import { exporters } from './registry';

export interface RunExport extends ExportOptions {
  readonly runFolder: string;
  readonly format: string;
  readonly path: string;
  /** The checkpoint; by default the best by score, otherwise the newest. */
  readonly step?: number;
  readonly replaces: boolean;
  report?(done: number, total: number): void;
}

/** Throws `ExportError`, `OccupiedError`, and what reading the run and writing the files throw. */
export async function exportRun(asked: RunExport): Promise<void> {
  const exporter = exporterNamed(asked.format);
  const { path, replaces, runFolder, step, report = () => undefined } = asked;
  const kind = exporter.output === 'folder' ? 'folder' : 'file';
  await writeOutput({ path, kind, replaces }, async (place) => {
    let opened: Promise<OpenedGenerator> | undefined;
    try {
      const config = await readStoredConfig(runFolder);
      await exporter.write(
        {
          ...asked,
          config,
          report,
          openGenerator() {
            opened ??= openGenerator(runFolder, step);
            return opened;
          },
        },
        place,
      );
    } finally {
      await (await opened?.catch(() => undefined))?.close();
    }
  });
}

/** Throws `ExportError`. */
function exporterNamed(format: string): Exporter {
  const found = exporters.find(({ name }) => name === format);
  if (found !== undefined) return found;
  throw new ExportError(
    localizable('There is no format {0}.', JSON.stringify(format)),
    localizable('Choose one of {0}.', exporters.map(({ name }) => name).join(', ')),
  );
}
