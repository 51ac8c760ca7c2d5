/** Connects the page of a sweep to the extension host. */
import type { FromSweepPage, SweepPageState, ToSweepPage } from '../../src/shared/sweep-protocol';
import { connectToHost } from '../shared/host-connection';

const host = connectToHost<FromSweepPage, ToSweepPage, SweepPageState>();

export const { send, keep, listen } = host;
export const kept = host.state;
