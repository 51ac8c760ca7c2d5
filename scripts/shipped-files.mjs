// Which files of the repository a package holds as they are. Folders in which people work, such as examples/ with its
// gan-runs/ after `npm run demo`, ship what is named here and not what happens to lie in them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const FILES = [
  'CHANGELOG.md',
  'LICENSE',
  'THIRD_PARTY_NOTICES.md',
  'package.nls.json',
  'package.nls.zh-cn.json',
];

/** Folders, and which of the paths inside them ship. */
const FOLDERS = {
  // The others are sources of what lies in schemas/.
  l10n: /^bundle\.l10n\.[^/]+\.json$/,
  media: /^(?:(?:walkthrough\/)?[^/]+\.(?:svg|png|md)|experiments\/[^/]+\.gan\.json)$/,
  schemas: /^[^/]+\.json$/,
  types: /^[^/]+\.d\.ts$/,
  assets: /^digits\/(?:LICENSE|[^/]+\.gz)$/,
  examples: /^[^/]+\.gan\.json$/,
};

/** Paths relative to `root`, with slashes. */
export function shippedFiles(root) {
  const inFolders = Object.entries(FOLDERS).flatMap(([folder, ships]) =>
    filesIn(join(root, folder))
      .filter((path) => ships.test(path))
      .map((path) => `${folder}/${path}`),
  );
  return [...FILES, ...inFolders];
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [entry.name];
    return filesIn(join(folder, entry.name)).map((path) => `${entry.name}/${path}`);
  });
}
