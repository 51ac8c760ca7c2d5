// Packages with native code for other platforms: npm installs only those of the current one, but a VSIX is built for
// each. They are fetched with npm, verified against the hashes of package-lock.json and cached in dist/native.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extract } from 'tar';

const root = fileURLToPath(new URL('..', import.meta.url));
const kept = join(root, 'dist', 'native');
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

/** Returns the folder of a package, given its key in the lock file, and fetches it if it is not installed. */
export async function packageFolder(lockKey) {
  const installed = join(root, lockKey);
  if (existsSync(join(installed, 'package.json'))) return installed;
  const entry = packages[lockKey];
  if (entry === undefined) throw new Error(`package-lock.json has no ${lockKey}.`);
  const name = lockKey.replace(/^.*node_modules\//, '');
  const folder = join(kept, `${name.replace('/', '+')}-${entry.version}`);
  if (existsSync(folder)) return folder;
  const download = mkdtempSync(join(tmpdir(), 'native-'));
  try {
    const isWindows = process.platform === 'win32';
    execFileSync(
      isWindows ? 'npm.cmd' : 'npm',
      ['pack', `${name}@${entry.version}`, '--ignore-scripts', '--silent'],
      {
        cwd: download,
        shell: isWindows,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    const tarball = join(download, readdirSync(download)[0]);
    const hash = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    if (hash !== entry.integrity)
      throw new Error(`${name} ${entry.version} has the hash ${hash}, not ${entry.integrity}.`);
    const unpacked = join(kept, `.${process.pid}`);
    mkdirSync(unpacked, { recursive: true });
    await extract({ file: tarball, cwd: unpacked, strip: 1 });
    renameSync(unpacked, folder);
    return folder;
  } finally {
    rmSync(download, { recursive: true, force: true });
  }
}
