/** Connects the latent explorer page to the extension host. */
import type { ExplorerPageState, FromExplorerPage, ToExplorerPage } from '../../src/shared/explorer-protocol';
import { connectToHost } from '../shared/host-connection';

const host = connectToHost<FromExplorerPage, ToExplorerPage, ExplorerPageState>();

export const { send, keep, listen } = host;
export const kept = host.state;
