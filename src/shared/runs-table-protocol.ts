/** What the extension host and the page that lists all runs say to each other. */
import type { RunStatus } from './run-format';
import type { ScoreKind } from './scores';

export const RUNS_TABLE_PROTOCOL_VERSION = 1;

/** The best value that a run has of a score by one protocol; values of different ones are never put in order. */
export interface TableScore extends ScoreKind {
  readonly value: number;
  readonly step: number;
  readonly protocol: string;
}

export interface RunRow {
  /** Absolute path. */
  readonly folder: string;
  /** What somebody called it, else its id. */
  readonly name: string;
  readonly experiment: string;
  readonly status: RunStatus | 'damaged';
  readonly step: number;
  readonly totalSteps: number;
  /** ISO 8601; left out of damaged runs. */
  readonly createdAt?: string;
  readonly tags: readonly string[];
  readonly scores: readonly TableScore[];
}

/** A small PNG of the newest sample of a run. */
export interface RunThumbnail {
  readonly step: number;
  readonly png: Uint8Array;
}

export type ToRunsTable =
  | {
      readonly type: 'rows';
      /** The newest first. */
      readonly rows: readonly RunRow[];
    }
  /** After the rows, and again when a run has a newer sample. */
  | { readonly type: 'thumbnail'; readonly folder: string; readonly thumbnail: RunThumbnail };

export type FromRunsTable =
  | { readonly type: 'ready' }
  | { readonly type: 'openRun'; readonly folder: string };

export type RunsTableEnvelope = ToRunsTable & { readonly protocol: number };

/** By which column the table is sorted: a column of every run, or a score by its name. */
export interface RunsTableSorting {
  readonly column: string;
  readonly isDescending: boolean;
}

/** What VS Code keeps of the page over a reload of the window. */
export interface RunsTableState {
  readonly sorting?: RunsTableSorting;
}
