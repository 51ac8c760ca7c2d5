// The repository files that a package contains unchanged. Folders with working files, such as examples/ with its
// gan-runs/ after `npm run demo`, ship only what is named here and not whatever happens to be in them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const FILES = [
  'CHANGELOG.md',
  'LICENSE',
  'THIRD_PARTY_NOTICES.md',
  'package.nls.json',
  'package.nls.zh-cn.json',
];

/** Folders, and the pattern of the paths inside them that ship. */
const FOLDERS = {
  // All other files in l10n/ are sources of these bundles.
  l10n: /^bundle\.l10n\.[^/]+\.json$/,
  media: /^(?:(?:walkthrough\/)?[^/]+\.(?:svg|png|md)|experiments\/[^/]+\.gan\.json)$/,
  schemas: /^[^/]+\.json$/,
  types: /^[^/]+\.d\.ts$/,
  assets: /^digits\/(?:LICENSE|[^/]+\.gz)$/,
  examples: /^[^/]+\.gan\.json$/,
};

/** Returns paths relative to `root`, with forward slashes. */
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
