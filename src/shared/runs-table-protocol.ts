/** Messages between the extension host and the page that lists all runs. */
import type { FindingRecord, RunStatus } from './run-format';
import type { ScoreKind } from './scores';
import type { SeedIdentity } from './seed-groups';

/**
 * A run's best value of a score under one protocol; values of different protocols are never ranked against each other.
 */
export interface TableScore extends ScoreKind {
  readonly value: number;
  readonly step: number;
  readonly protocol: string;
}

export interface RunRow {
  /** Absolute path. */
  readonly folder: string;
  /** The user's name for the run, or else its id. */
  readonly name: string;
  readonly experiment: string;
  /** The source named in the config; omitted if the config cannot be read. */
  readonly dataSource?: string;
  readonly status: RunStatus | 'damaged';
  readonly step: number;
  readonly totalSteps: number;
  /** Training examples that the discriminator has seen, repetitions included; omitted before the first recorded step. */
  readonly images?: number;
  /** ISO 8601; omitted for damaged runs. */
  readonly createdAt?: string;
  /** Omitted for damaged runs. */
  readonly trainingSeconds?: number;
  readonly tags: readonly string[];
  readonly scores: readonly TableScore[];
  /** Number of findings from the diagnostics, and the highest severity; omitted if there are none. */
  readonly findings?: { readonly count: number; readonly severity: FindingRecord['severity'] };
  /** Tells which runs differ by the seed alone; omitted if the config cannot be read. */
  readonly identity?: SeedIdentity;
  /** Values of the settings shown as columns, by dotted key. */
  readonly config: Readonly<Record<string, string>>;
}

/** The user's choice of columns; stored per workspace. */
export interface RunsTableColumns {
  /** Hidden columns, built-in ones and scores. */
  readonly hidden: readonly string[];
  /** Dotted config keys. */
  readonly config: readonly string[];
  /** Ids of columns in the user's order; empty, and without later ones, for the usual order. */
  readonly order: readonly string[];
  /** Whether runs that differ by the seed alone are one row. */
  readonly joinsSeeds: boolean;
}

/** A cell of an exported table; null if it has no value. */
export type ExportedCell = string | number | null;

/** A small PNG of a run's newest sample. */
export interface RunThumbnail {
  readonly step: number;
  readonly png: Uint8Array;
}

export type ToRunsTable =
  | {
      readonly type: 'rows';
      /** Newest first. */
      readonly rows: readonly RunRow[];
      readonly columns: RunsTableColumns;
    }
  /** Sent after the rows, and again when a run has a newer sample. */
  | { readonly type: 'thumbnail'; readonly folder: string; readonly thumbnail: RunThumbnail };

/** A column that can be hidden. */
export interface OfferedColumn {
  readonly id: string;
  readonly title: string;
}

export type FromRunsTable =
  | { readonly type: 'ready' }
  | { readonly type: 'openRun'; readonly folder: string }
  | { readonly type: 'compare'; readonly folders: readonly string[] }
  /** The host prompts the user, and also offers the settings of the runs. */
  | { readonly type: 'chooseColumns'; readonly columns: readonly OfferedColumn[] }
  | { readonly type: 'orderColumns'; readonly order: readonly string[] }
  | { readonly type: 'joinSeeds'; readonly joinsSeeds: boolean }
  /** Exports what the page shows, the titles as the first row, to a file that the user chooses. */
  | { readonly type: 'exportTable'; readonly rows: readonly (readonly ExportedCell[])[] };

/** The sort column: a built-in column, a score by its name, or a setting as `config.KEY`. */
export interface RunsTableSorting {
  readonly column: string;
  readonly isDescending: boolean;
}

/** Page state that VS Code persists across a window reload. */
export interface RunsTableState {
  readonly sorting?: RunsTableSorting;
  readonly filter?: string;
}
