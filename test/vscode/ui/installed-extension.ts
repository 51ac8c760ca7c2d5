/** Installs the packaged extension once for all UI tests, which takes seconds. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { installHost } from '../install';
import { installExtensions } from '../server';
import { chosenHost } from '../versions';
import { packagedExtension } from '../vsix';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder with the installed extension. */
    extensions: string;
  }
}

/** Returns the teardown. */
export function setup({ provide }: TestProject): () => void {
  const extensions = mkdtempSync(join(tmpdir(), 'gan-vscode-extensions-'));
  installExtensions(installHost(chosenHost()), [packagedExtension()], extensions);
  provide('extensions', extensions);
  return () => rmSync(extensions, { recursive: true, force: true });
}
