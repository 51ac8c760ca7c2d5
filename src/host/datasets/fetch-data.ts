import { l10n, ProgressLocation, Uri, window } from 'vscode';
import type { PackageData } from '../../data/packages/package-data';
import { type FetchedDataLine, failureAmong, parseLine } from '../../shared/cli-protocol';
import { WorkbenchError } from '../../shared/errors';
import { NodeProcessError, runNode } from '../../shared/node-process';
import type { Host } from '../host';
import { datasetTitle } from './dataset-texts';

const MEBIBYTE = 2 ** 20;

/** npm failed or is not installed. */
class FetchError extends WorkbenchError {}

type FetchHost = Pick<Host, 'extensionUri'>;

type Contents = Pick<FetchedDataLine, 'files' | 'bytes'>;

function isContents(line: object | undefined): line is FetchedDataLine {
  return line !== undefined && 'files' in line && 'bytes' in line;
}

/** Returns the datasets that can be fetched: all of them, or only the missing ones. */
export async function fetchableData(which: 'all' | 'missing'): Promise<readonly PackageData[]> {
  const { packageData } = await import('../../data/packages/package-data');
  if (which === 'all') return packageData;
  const { isFetched } = await import('../../data/packages/package-folder');
  const looked = await Promise.all(packageData.map(async (data) => ({ data, there: await isFetched(data) })));
  return looked.filter(({ there }) => !there).map(({ data }) => data);
}

async function runFetch({ extensionUri }: FetchHost, name: string, signal: AbortSignal): Promise<Contents> {
  const bundle = Uri.joinPath(extensionUri, 'dist', 'gan.cjs').fsPath;
  try {
    const line = parseLine(await runNode([bundle, 'data', 'fetch', name, '--json'], { signal }));
    return isContents(line) ? line : { files: 0, bytes: 0 };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof NodeProcessError)) throw error;
    const failure = failureAmong(error.stdout);
    throw new FetchError(failure?.message ?? (error.stderr.trim() || error.message), failure?.remedy ?? '', {
      cause: error,
    });
  }
}

/** Returns a one-sentence summary of the fetched data; undefined if the user cancelled. */
export async function fetchWithProgress(host: FetchHost, data: PackageData): Promise<string | undefined> {
  return await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Fetching {0} ({1} MiB)', datasetTitle(data.title), data.downloadMebibytes),
      cancellable: true,
    },
    async (_, cancellation) => {
      const abort = new AbortController();
      cancellation.onCancellationRequested(() => abort.abort());
      try {
        const { files, bytes } = await runFetch(host, data.name, abort.signal);
        const size = (bytes / MEBIBYTE).toFixed(1);
        return l10n.t(
          'Fetched {0}: {1} files, {2} MiB. Licence: {3}.',
          datasetTitle(data.title),
          files.toLocaleString(),
          size,
          data.licence,
        );
      } catch (error) {
        if (abort.signal.aborted) return undefined;
        throw error;
      }
    },
  );
}

/** Fetches the named data if it is missing; returns whether it is then available. */
export async function ensureFetched(host: FetchHost, name: string): Promise<boolean> {
  const missing = (await fetchableData('missing')).find((data) => data.name === name);
  if (missing === undefined) return true;
  const came = await fetchWithProgress(host, missing);
  if (came !== undefined) void window.showInformationMessage(came);
  return came !== undefined;
}
