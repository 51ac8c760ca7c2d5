/**
 * Installs code-server and the Node.js it needs into a cache shared between clones, from npm only. A cache entry is
 * built next to its final path and then renamed, so that it is either complete or absent even with concurrent
 * installations.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installBuildTools, installChromium } from './chromium';
import { run } from './processes';
import { HOST_VERSIONS, type HostName, type HostVersion } from './versions';

export interface InstalledHost {
  readonly version: HostVersion;
  /** The `node` executable that runs code-server. */
  readonly node: string;
  /** code-server's entry script. */
  readonly entry: string;
  /** Path of the browser. */
  readonly chromium: string;
}

/** `GAN_WORKBENCH_TEST_CACHE`, or the user's cache folder: outside the clone, so that a fresh clone can reuse it. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment.XDG_CACHE_HOME || join(homedir(), '.cache');
  return environment.GAN_WORKBENCH_TEST_CACHE || join(base, 'gan-workbench', 'vscode');
}

const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

function nodePackage(): string {
  if (process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64')) {
    return `node-linux-${process.arch}`;
  }
  throw new Error(
    `code-server runs on Linux x64 and arm64, and this is ${process.platform} ${process.arch}: ` +
      'set VSCODE_EXECUTABLE to a desktop VS Code instead.',
  );
}

function installRipgrep(folder: string, workbench: string, version: string): void {
  const name = `@vscode/ripgrep-linux-${process.arch}`;
  run('npm', ['install', ...QUIET, `${name}@${version}`], { cwd: folder });
  const bin = join(workbench, 'node_modules/@vscode/ripgrep/bin');
  mkdirSync(bin, { recursive: true });
  copyFileSync(join(folder, 'node_modules', name, 'bin', 'rg'), join(bin, 'rg'));
}

/** Replaces code-server's own install script, which would compile eight modules and refuse other Node.js versions. */
function build(folder: string, version: HostVersion): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'vscode-test-host', private: true }));
  run('npm', ['install', ...QUIET, `${nodePackage()}@${version.node}`, `code-server@${version.codeServer}`], {
    cwd: folder,
  });
  const node = join(folder, 'node_modules', nodePackage());
  const server = join(folder, 'node_modules', 'code-server');
  const workbench = join(server, 'lib', 'vscode');
  const env = {
    PATH: `${join(node, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
    npm_config_nodedir: node,
    // node-pty runs node-gyp through npx.
    npm_config_yes: 'true',
    JOBS: '2',
  };
  run('npm', ['install', ...QUIET, '--omit=dev'], { cwd: workbench, env });
  run('npm', ['install', ...QUIET, '--omit=dev'], { cwd: join(workbench, 'extensions'), env });
  const rebuild = ['rebuild', '--ignore-scripts=false', '--loglevel=error'];
  run('npm', [...rebuild, ...version.workbenchModules], { cwd: workbench, env });
  if (version.serverModules.length > 0)
    run('npm', [...rebuild, ...version.serverModules], { cwd: folder, env });
  if (version.ripgrep !== undefined) installRipgrep(folder, workbench, version.ripgrep);
  const logger = join(workbench, 'node_modules/@vscode/spdlog/build/Release/spdlog.node');
  if (!existsSync(logger)) throw new Error(`npm rebuild did not make ${logger}.`);
}

/**
 * Installs the missing parts of a host: about 40 s and 820 MB the first time, nothing afterwards. If a system package
 * is missing and cannot be installed from here, throws an error with the package and the command.
 */
export function installHost(name: HostName): InstalledHost {
  const version: HostVersion = HOST_VERSIONS[name];
  const chromium = installChromium();
  const cache = cacheFolder();
  const folder = join(cache, `code-server-${version.codeServer}-node-${version.node}`);
  if (!existsSync(folder)) {
    installBuildTools();
    mkdirSync(cache, { recursive: true });
    const unfinished = mkdtempSync(join(cache, 'unfinished-'));
    try {
      build(unfinished, version);
      if (!existsSync(folder)) renameSync(unfinished, folder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return {
    version,
    node: join(folder, 'node_modules', nodePackage(), 'bin', 'node'),
    entry: join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
    chromium,
  };
}
