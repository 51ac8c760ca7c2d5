// The output of `npm run watch`: a line when a build begins, each error as FILE:LINE:COLUMN, and a line when all builds
// are done. The problem matcher in .vscode/tasks.json parses these lines.

/**
 * Returns one esbuild plugin for all watched bundles, so that several bundles that change together count as one build.
 */
export function reportRebuilds(print = console.log) {
  let building = 0;
  /** By bundle: the errors of one that was not rebuilt still stand. */
  const failures = new Map();
  return {
    name: 'report-rebuilds',
    setup({ initialOptions, onStart, onEnd }) {
      onStart(() => {
        if (building++ === 0) print('Building …');
      });
      onEnd(({ errors, warnings }) => {
        failures.set(initialOptions.outfile, [
          ...errors.map((message) => line('error', message)),
          ...warnings.map((message) => line('warning', message)),
        ]);
        if (--building > 0) return;
        const lines = [...new Set([...failures.values()].flat())];
        for (const text of lines) print(text);
        print(lines.length === 0 ? 'Built without errors.' : 'Built with problems.');
      });
    },
  };
}

function line(severity, { text, location }) {
  if (!location) return `esbuild.mjs:1:1: ${severity}: ${text}`;
  return `${location.file}:${location.line}:${location.column + 1}: ${severity}: ${text}`;
}
