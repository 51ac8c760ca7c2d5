// `npm test`: sets up a fresh clone and then runs every suite; `npm run test:unit` and the like run one suite, and
// `npm run test:fast` the unit tests without the slow ones. Arguments after the name of a suite go to its runner:
// `npm run test:unit -- src/data`.
import { ensureBuilt, root, run } from './ensure-installed.mjs';
import { currentTarget } from './targets.mjs';

function node(...args) {
  run(process.execPath, args, { cwd: root, shell: false });
}

/** The suites in VS Code test the package that users install. */
function packageExtension() {
  node('scripts/package.mjs', currentTarget());
}

const vitest = 'node_modules/vitest/vitest.mjs';
/** Tests in a real workbench: `ui` or `course`. */
function workbench(project, ...args) {
  node(vitest, 'run', '--config', 'vitest.ui.config.mts', '--project', project, ...args);
}
const suites = {
  unit: { prepare: [], run: (...args) => node(vitest, 'run', ...args) },
  vscode: { prepare: [packageExtension], run: (...args) => node('dist/test/run.mjs', ...args) },
  ui: { prepare: [packageExtension], run: (...args) => workbench('ui', ...args) },
};
/** Subsets of a suite, for use during development. */
const parts = {
  fast: { prepare: [], run: (...args) => node(vitest, 'run', '--project', '!slow*', ...args) },
};
/** Once for a release. */
const long = {
  course: { prepare: [packageExtension], run: (...args) => workbench('course', ...args) },
};

const [name, ...args] = process.argv.slice(2);
const named = { ...suites, ...parts, ...long };
if (name !== undefined && !(name in named)) {
  console.error(`There is no suite "${name}"; there are ${Object.keys(named).join(', ')}.`);
  process.exit(2);
}
const chosen = name === undefined ? Object.values(suites) : [named[name]];

ensureBuilt();
for (const prepare of new Set(chosen.flatMap((suite) => suite.prepare))) prepare();
for (const suite of chosen) suite.run(...args);
