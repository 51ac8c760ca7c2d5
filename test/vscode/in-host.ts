/** Runs a suite inside the extension host of a code-server, the way `code --extensionTestsPath` does on a desktop. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openBrowser } from './browser';
import type { InstalledHost } from './install';
import { whyFailed } from './result';
import { startServer } from './server';

export interface InHostRun {
  readonly workspaceFolder: string | undefined;
  readonly extensionDevelopmentPath: string;
  readonly extensionTestsPath: string;
  /** File for the result of the suite. */
  readonly resultFile: string;
}

/** Console output of VS Code itself, mixed in with the lines of the suite. */
const WORKBENCH_CHATTER =
  /color: #|^Ignoring fetching|^Updating additional|^Creating a socket|connection token|workbench\/workbench\.js:|^\[(reconnection|remote-connection|AgentHost|AccountPolicy|DefaultAccount|Service Worker)/;

const TIME_LIMIT_MS = 10 * 60_000;

/** Formats the arguments of `console.log(format, ...values)`. */
function formatted(args: readonly unknown[]): string {
  const texts = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg)));
  const [format = '', ...values] = texts;
  const text = format.replace(/%[sdoOj]/g, (placeholder) => values.shift() ?? placeholder);
  return [text, ...values].join(' ');
}

/** Returns why the suite failed, or undefined if it passed. Throws if VS Code does not report its end in time. */
export async function runInHost(host: InstalledHost, run: InHostRun): Promise<string | undefined> {
  const server = await startServer(host, { development: true });
  const { browser, page } = await openBrowser(host.chromium, server.folder);
  let succeeded = false;
  try {
    const exited = new Promise<number>((resolve, reject) => {
      page.on('crash', () => reject(new Error('The page of the workbench crashed.')));
      void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
    });
    await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
      const line = formatted(args);
      appendFileSync(join(server.folder, 'host.log'), `[${type}] ${line}\n`);
      if (!WORKBENCH_CHATTER.test(line)) console.log(line);
    });
    await page.goto(
      server.workbenchUrl(run.workspaceFolder, [
        ['extensionDevelopmentPath', server.remotePath(run.extensionDevelopmentPath)],
        ['extensionTestsPath', server.remotePath(run.extensionTestsPath)],
      ]),
    );
    const late = delay(TIME_LIMIT_MS, undefined, { ref: false });
    const code = await Promise.race([exited, late]);
    if (code === undefined)
      throw new Error(`The suite did not end within ${TIME_LIMIT_MS / 60_000} minutes.`);
    const failure = whyFailed(run.resultFile, code);
    succeeded = failure === undefined;
    return failure;
  } finally {
    if (!succeeded) {
      const picture = join('test-results', 'in-host-failed.png');
      mkdirSync(dirname(picture), { recursive: true });
      await page.screenshot({ path: picture, timeout: 5000 }).catch(() => undefined);
      console.error(`Logs of the failed run are in ${server.folder}; a picture is ${picture}.`);
    }
    await browser.close();
    await server.stop({ keepFolder: !succeeded });
  }
}
