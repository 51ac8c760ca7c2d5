/** What the extension host and the page that lists all runs say to each other. */
import type { FindingRecord, RunStatus } from './run-format';
import type { ScoreKind } from './scores';

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
  /** As its config names it; left out where that cannot be read. */
  readonly dataSource?: string;
  readonly status: RunStatus | 'damaged';
  readonly step: number;
  readonly totalSteps: number;
  /** ISO 8601; left out of damaged runs. */
  readonly createdAt?: string;
  /** Left out of damaged runs. */
  readonly trainingSeconds?: number;
  readonly tags: readonly string[];
  readonly scores: readonly TableScore[];
  /** What the diagnostics have found, and how bad the worst of it is; left out where there is nothing. */
  readonly findings?: { readonly count: number; readonly severity: FindingRecord['severity'] };
  /** Values of the settings that have a column, by their dotted keys. */
  readonly config: Readonly<Record<string, string>>;
}

/** Which columns a person has chosen; kept with the workspace. */
export interface RunsTableColumns {
  /** Columns of every run and scores that are not shown. */
  readonly hidden: readonly string[];
  /** Dotted keys of the config. */
  readonly config: readonly string[];
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
      readonly columns: RunsTableColumns;
    }
  /** After the rows, and again when a run has a newer sample. */
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
  /** The host asks the person, and offers the settings of the runs as well. */
  | { readonly type: 'chooseColumns'; readonly columns: readonly OfferedColumn[] };

/** By which column the table is sorted: a column of every run, a score by its name, or a setting as `config.KEY`. */
export interface RunsTableSorting {
  readonly column: string;
  readonly isDescending: boolean;
}

/** What VS Code keeps of the page over a reload of the window. */
export interface RunsTableState {
  readonly sorting?: RunsTableSorting;
  readonly filter?: string;
}
