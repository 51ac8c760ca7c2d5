/** What the table of commands (`src/host/registry.ts`) says of each: how VS Code offers it, and what it does. */
import type { Host } from '../host';
import type { MenuEntry } from './menus';

/** What a command was called with. */
export interface CommandCall {
  readonly host: Host;
  /** The row, file or path that the command was called on; undefined in the palette. */
  readonly target: unknown;
  /** Everything that is selected together with the target, including it. */
  readonly targets: readonly unknown[];
  /** The second argument, as code passes it; VS Code passes the selected rows. */
  readonly option: unknown;
}

/** First argument of a command that is called by its keybinding. */
export const SELECTION = 'selection';

export interface Keybinding {
  readonly key: string;
  readonly mac: string;
  /** Comparison with the context key `gan.selection`, as in a `when` clause. */
  readonly selection: string;
}

export interface CommandDefinition {
  /** In English; translated in `l10n`. It ends in an ellipsis if the command asks for more before it acts. */
  readonly title: string;
  /** Name of a codicon. */
  readonly icon?: string;
  /**
   * Also available in a workspace that is not trusted, since it neither trains nor writes there. All other commands need
   * trust, so a new one is safe by default.
   */
  readonly inRestrictedMode?: true;
  /** `when` clause of the command palette; listed there always if omitted. */
  readonly palette?: string;
  readonly menus?: readonly MenuEntry[];
  /** Acts on the rows selected in the experiments tree. */
  readonly keybinding?: Keybinding;
  /** Imports its module on the first call. The result goes to the caller, so it must be plain data. */
  run(call: CommandCall): Promise<unknown>;
}
