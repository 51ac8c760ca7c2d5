/** An exporter. To add one, create a file in this folder, or a folder, and list it in `registry.ts`. */
import type { ExperimentConfig } from '../config/schema';
import type { OpenedGenerator } from '../session/stored-run';
import { WorkbenchError } from '../shared/errors';

/** What is asked of an export does not fit the run or the format. */
export class ExportError extends WorkbenchError {}

/** Which of the run's networks, as options of the command line name them. */
export type NetworkName = OpenedGenerator['task']['networks'][number]['name'];

export interface ExportOptions {
  readonly network: NetworkName;
  /** Uses the weights of the step instead of their running average. */
  readonly isRaw: boolean;
}

export interface ExportContext extends ExportOptions {
  readonly runFolder: string;
  readonly config: ExperimentConfig;
  /** Opens the chosen checkpoint; only the first call does so. Throws `CheckpointError`. */
  openGenerator(): Promise<OpenedGenerator>;
  report(done: number, total: number): void;
}

export interface Exporter {
  /** As `--format` takes it. */
  readonly name: string;
  readonly title: string;
  /** One sentence: what it holds, and what reads it. */
  readonly description: string;
  readonly output: 'folder' | { readonly extension: string; readonly fileType: string };
  /** Whether it uses the weights of one checkpoint, which `--from` chooses. */
  readonly usesCheckpoint: boolean;
  /** @param place a file to create, or an empty folder */
  write(context: ExportContext, place: string): Promise<void>;
}

/** Keeps the compiler's hold on what each exporter defines. */
export function defineExporter(exporter: Exporter): Exporter {
  return exporter;
}
