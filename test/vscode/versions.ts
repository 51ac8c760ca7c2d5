/**
 * The two versions of VS Code in which the suites run: the newest on npm, and the lowest that `engines.vscode` admits.
 * Both are code-server, which is VS Code's own workbench and extension host behind a web server.
 */

export interface HostVersion {
  readonly codeServer: string;
  /** The Node.js version that this code-server targets; its headers are needed to build the native modules. */
  readonly node: string;
  /** Native modules of code-server itself that npm does not provide prebuilt. */
  readonly serverModules: readonly string[];
  /** Same, for its VS Code. Without spdlog every output channel stays empty. */
  readonly workbenchModules: readonly string[];
  /** Version of ripgrep, without which no files are found, if it is not part of the npm package. */
  readonly ripgrep?: string;
  /** Whether a built server loads a development extension only with VS Code's smoke-test driver enabled. */
  readonly needsSmokeTestDriver: boolean;
}

export const HOST_VERSIONS = {
  newest: {
    codeServer: '4.139.1',
    node: '24.21.0',
    serverModules: [],
    workbenchModules: ['@vscode/spdlog', '@vscode/native-watchdog'],
    needsSmokeTestDriver: true,
  },
  lowest: {
    codeServer: '4.100.3',
    node: '20.20.2',
    serverModules: ['argon2'],
    workbenchModules: ['@vscode/spdlog', 'native-watchdog', 'node-pty'],
    ripgrep: '1.18.0',
    needsSmokeTestDriver: false,
  },
} as const satisfies Readonly<Record<string, HostVersion>>;

export type HostName = keyof typeof HOST_VERSIONS;

/** The host named by `GAN_WORKBENCH_TEST_HOST`, `newest` by default. Throws for any other name. */
export function chosenHost(environment: NodeJS.ProcessEnv = process.env): HostName {
  const name = environment.GAN_WORKBENCH_TEST_HOST ?? 'newest';
  if (name === 'newest' || name === 'lowest') return name;
  throw new Error(`GAN_WORKBENCH_TEST_HOST is "${name}"; it may be "newest" or "lowest".`);
}
