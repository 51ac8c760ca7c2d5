// The cost of loading and activating the extension before any of it is used:
// `node bench/evidence/activation.mjs [runs]` after `npm run build`. Each run is a fresh process with a no-op stand-in
// for `vscode`, so only our own bundle is measured: reading, compiling and running it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bundle = fileURLToPath(new URL('../../dist/extension.cjs', import.meta.url));
const runs = Number(process.argv[2] ?? 15);

const names = [
  ...new Set([...readFileSync(bundle, 'utf8').matchAll(/\bvscode\d*\.(\w+)/g)].map(([, name]) => name)),
  'McpStdioServerDefinition',
];

const measure = `
  const { Module } = require('node:module');
  // Every name of the stand-in is a class, a function, an empty list and an object with every name.
  const none = { [Symbol.toPrimitive]: () => '', [Symbol.iterator]: function* () {}, then: undefined };
  const anything = () =>
    new Proxy(function () {}, {
      get: (target, key) => (key in none ? none[key] : (target[key] ??= anything())),
      apply: () => anything(),
      construct: () => anything(),
    });
  const editor = anything();
  // Where the bundle imports the whole module, esbuild copies the names that it has.
  for (const name of ${JSON.stringify(names)}) void editor[name];
  const load = Module._load;
  Module._load = (id, ...rest) => (id === 'vscode' ? editor : load(id, ...rest));
  const begin = performance.now();
  const extension = require(${JSON.stringify(bundle)});
  const loaded = performance.now();
  const context = { extensionUri: anything(), globalState: anything(), workspaceState: anything() };
  extension.activate({ ...context, globalStorageUri: anything(), subscriptions: [] });
  const activated = performance.now();
  process.stdout.write(JSON.stringify({ loadMs: loaded - begin, activateMs: activated - loaded }));
  process.exit(0);
`;

function once() {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', measure], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const sorted = (values) => values.toSorted((a, b) => a - b);
const results = Array.from({ length: runs }, once);
for (const key of ['loadMs', 'activateMs']) {
  const values = sorted(results.map((result) => result[key]));
  const median = values[Math.floor(values.length / 2)];
  console.log(
    `${key}: median ${median.toFixed(1)}, ${values[0].toFixed(1)} to ${values.at(-1).toFixed(1)}, ${runs} runs`,
  );
}
