/** Location of the fetched datasets, and the error for those not fetched yet. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { anyOf, localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { cacheFolder } from '../packed/cache';
import { type PackageData, packageData } from './package-data';

/** Thrown if a source needs data that has not been fetched; `dataName` is the dataset to fetch. */
export class DataNotFetchedError extends DataError {
  readonly dataName: string;

  constructor({ name, title, licence, downloadMebibytes }: PackageData) {
    super(
      localizable(
        'The dataset "{0}" has not been downloaded yet: {1} ({2}).',
        name,
        { text: title, values: [] },
        licence,
      ),
      localizable('Download it ({0} MiB), then start again.', downloadMebibytes),
      {
        commandLineRemedy: localizable(
          'Run `gan data fetch {0}` ({1} MiB), then start again.',
          name,
          downloadMebibytes,
        ),
      },
    );
    this.dataName = name;
  }
}

/** Throws `DataError` that lists the available datasets. */
export function findPackageData(name: string): PackageData {
  const data = packageData.find((candidate) => candidate.name === name);
  if (data === undefined)
    throw new DataError(
      localizable('No dataset named "{0}" can be downloaded.', name),
      localizable('Choose {0}.', anyOf(packageData.map((candidate) => candidate.name))),
      { exitCode: 2 },
    );
  return data;
}

/** The folder of the package's unpacked files. */
export function packageFolder({ package: name, version }: PackageData): string {
  return join(cacheFolder(), 'packages', `${name}-${version}`);
}

export async function isFetched(data: PackageData): Promise<boolean> {
  return stat(packageFolder(data)).then(
    (info) => info.isDirectory(),
    () => false,
  );
}

/** The unpacked files of a dataset. Throws `DataNotFetchedError`. */
export async function fetchedFolder(name: string): Promise<string> {
  const data = findPackageData(name);
  if (!(await isFetched(data))) throw new DataNotFetchedError(data);
  return packageFolder(data);
}
