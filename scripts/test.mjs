// `npm test`: everything that a fresh clone needs, and then every suite; `npm run test:unit` and its like run one
// of them alone, `npm run test:fast` the unit tests without the slow ones. What follows the name of a suite goes to its
// runner: `npm run test:unit -- src/data`.
import { ensureBuilt, root, run } from './ensure-installed.mjs';
import { currentTarget } from './targets.mjs';

function node(...args) {
  run(process.execPath, args, { cwd: root, shell: false });
}

/** The suites in VS Code run the package that a person installs. */
function packageExtension() {
  node('scripts/package.mjs', currentTarget());
}

const vitest = 'node_modules/vitest/vitest.mjs';
const suites = {
  unit: { prepare: [], run: (...args) => node(vitest, 'run', ...args) },
  vscode: { prepare: [packageExtension], run: (...args) => node('dist/test/run.mjs', ...args) },
  ui: {
    prepare: [packageExtension],
    run: (...args) => node(vitest, 'run', '--config', 'vitest.ui.config.ts', ...args),
  },
};
/** Part of another suite, for while one works. */
const parts = { fast: { prepare: [], run: (...args) => node(vitest, 'run', '--project', '!slow', ...args) } };

const [name, ...args] = process.argv.slice(2);
const named = { ...suites, ...parts };
if (name !== undefined && !(name in named)) {
  console.error(`There is no suite "${name}"; there are ${Object.keys(named).join(', ')}.`);
  process.exit(2);
}
const chosen = name === undefined ? Object.values(suites) : [named[name]];

ensureBuilt();
for (const prepare of new Set(chosen.flatMap((suite) => suite.prepare))) prepare();
for (const suite of chosen) suite.run(...args);
