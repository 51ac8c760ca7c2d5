/** Connects the runs table page to the extension host. */
import type { FromRunsTable, RunsTableState, ToRunsTable } from '../../src/shared/runs-table-protocol';
import { connectToHost } from '../shared/host-connection';

const host = connectToHost<FromRunsTable, ToRunsTable, RunsTableState>();

export const { send, keep, listen } = host;
export const kept = host.state;
