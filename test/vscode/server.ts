/**
 * A code-server for a single test: everything that it and its browser write is in one temporary folder, it listens on
 * the loopback address only, and it is killed as a whole through its process group.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { InstalledHost } from './install';

/** Keeps the workbench quiet: no network access, and nothing that covers the elements under test. */
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
  'window.restoreWindows': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Variables that would tie the server to the editor or npm script from which the tests were started. */
const FOREIGN_VARIABLE = /^(VSCODE_|npm_|XDG_|CODE_SERVER_|ELECTRON_)|^(PORT|PASSWORD|NODE_OPTIONS)$/;

export interface ServerOptions {
  /** Folder with installed extensions (`installExtensions`), which several servers may share. */
  readonly extensions?: string;
  /** Whether extensions may be loaded from `extensionDevelopmentPath`; hides notification toasts. */
  readonly development?: boolean;
  /** Added to the environment of the extension host. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Whether workspaces are untrusted until the user trusts them, as by default, but without a prompt. */
  readonly restricted?: boolean;
  /** Added to the user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Server {
  /** Folder for everything that the server, its browser and its logs write. */
  readonly folder: string;
  readonly origin: string;
  /** Of all its processes. */
  readonly processGroup: number;
  /** Restores the settings and removes what extensions have stored, while no workbench is open. */
  resetUser(): void;
  /** URL of a workbench. `payload` holds options of VS Code's command line, e.g. `extensionTestsPath`. */
  workbenchUrl(workspaceFolder: string | undefined, payload?: readonly (readonly [string, string])[]): string;
  /** Path of a local file in the form used by the workbench in the browser. */
  remotePath(path: string): string;
  /** Ends every process of the server, and then removes its folder unless it is to be kept. */
  stop(options?: { readonly keepFolder?: boolean }): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('The probe has no port.');
  return address.port;
}

function environmentOf(host: InstalledHost, folder: string, extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN_VARIABLE.test(name));
  return {
    ...Object.fromEntries(own),
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    PATH: `${dirname(host.node)}${delimiter}${process.env.PATH ?? ''}`,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...extra,
  };
}

/** Does nothing if the group has ended. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const signal = (name: NodeJS.Signals) => signalGroup(pid, name);
  const exited =
    child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
  signal('SIGTERM');
  await Promise.race([exited, delay(5000, undefined, { ref: false })]);
  signal('SIGKILL');
}

function commonArguments(host: InstalledHost, folder: string, extensions: string): string[] {
  return [
    host.entry,
    ...['--config', join(folder, 'config.yaml')],
    ...['--user-data-dir', join(folder, 'data')],
    ...['--extensions-dir', extensions],
  ];
}

/** Installs packaged extensions into `extensions`. Throws an error with the installer's output. */
export function installExtensions(host: InstalledHost, vsixes: readonly string[], extensions: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'gan-vscode-install-'));
  mkdirSync(join(folder, 'home'));
  mkdirSync(join(folder, 'tmp'));
  writeFileSync(join(folder, 'config.yaml'), '');
  try {
    for (const vsix of vsixes) {
      const args = [...commonArguments(host, folder, extensions), '--install-extension', vsix, '--force'];
      const installed = spawnSync(host.node, args, {
        env: environmentOf(host, folder, {}),
        encoding: 'utf8',
      });
      if (installed.status !== 0 || !installed.stdout.includes('successfully installed'))
        throw new Error(`${vsix} was not installed:\n${installed.stdout}${installed.stderr}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Starts a server and waits until it responds. After 30 s without a response, throws an error with the server's output.
 */
export async function startServer(host: InstalledHost, options: ServerOptions = {}): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'gan-vscode-'));
  for (const name of ['home', 'data', 'extensions', 'tmp']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  const extensions = options.extensions ?? join(folder, 'extensions');
  const { restricted = false } = options;
  const trust = {
    'security.workspace.trust.enabled': restricted,
    'security.workspace.trust.startupPrompt': 'never',
  };
  const settings = { ...SETTINGS, ...trust, ...options.settings };
  const user = join(folder, 'data/User');
  const resetUser = (): void => {
    rmSync(user, { recursive: true, force: true });
    mkdirSync(user, { recursive: true });
    writeFileSync(join(user, 'settings.json'), JSON.stringify(settings, undefined, 2));
  };
  writeFileSync(join(folder, 'config.yaml'), '');
  resetUser();
  const env = environmentOf(host, folder, options.environment ?? {});
  const port = await freePort();
  const child = spawn(
    host.node,
    [
      ...commonArguments(host, folder, extensions),
      ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--ignore-last-opened'],
      ...['--disable-telemetry', '--disable-update-check'],
      ...(restricted ? [] : ['--disable-workspace-trust']),
      '--disable-getting-started-override',
      ...(options.development && host.version.needsSmokeTestDriver
        ? ['--vscode-option', 'enable-smoke-test-driver']
        : []),
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const logFile = join(folder, 'server.log');
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });

  const { pid: processGroup } = child;
  if (processGroup === undefined) throw new Error(`${host.node} did not start.`);
  const address = `http://127.0.0.1:${port}`;
  const stop = async ({ keepFolder = false } = {}) => {
    await endGroup(child);
    log.end();
    if (!keepFolder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await fetch(`${address}/healthz`).catch(() => undefined);
    if (answer?.ok) break;
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop({ keepFolder: true });
      throw new Error(`code-server did not start:\n${readFileSync(logFile, 'utf8')}`);
    }
    await delay(100);
  }
  return {
    folder,
    origin: address,
    processGroup,
    resetUser,
    stop,
    remotePath: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
    workbenchUrl: (workspaceFolder, payload = []) => {
      const query = new URLSearchParams();
      if (workspaceFolder === undefined) query.set('ew', 'true');
      else query.set('folder', workspaceFolder);
      query.set(
        'payload',
        JSON.stringify([...payload, ['skipWelcome', 'true'], ['skipReleaseNotes', 'true']]),
      );
      return `${address}/?${query}`;
    },
  };
}
