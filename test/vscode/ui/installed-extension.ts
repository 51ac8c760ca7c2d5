/** Installs the packaged extension once for all UI tests, which takes seconds, and ends the servers that they share. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { installHost } from '../install';
import { installExtensions, signalGroup } from '../server';
import { chosenHost } from '../versions';
import { packagedExtension } from '../vsix';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder with the installed extension. */
    extensions: string;
    /** Folder with a file for each shared server: its process group, with the path of its folder. */
    servers: string;
  }
}

/** Returns the teardown. */
export function setup({ provide }: TestProject): () => void {
  const extensions = mkdtempSync(join(tmpdir(), 'gan-vscode-extensions-'));
  installExtensions(installHost(chosenHost()), [packagedExtension()], extensions);
  provide('extensions', extensions);
  const servers = mkdtempSync(join(tmpdir(), 'gan-vscode-servers-'));
  provide('servers', servers);
  return () => {
    for (const processGroup of readdirSync(servers)) {
      const folder = readFileSync(join(servers, processGroup), 'utf8');
      signalGroup(Number(processGroup), 'SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
    for (const folder of [servers, extensions]) rmSync(folder, { recursive: true, force: true });
  };
}
