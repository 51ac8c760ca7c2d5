// What `npm run watch` prints: when a build begins, each error as FILE:LINE:COLUMN, and when nothing is left to build.
// The problem matcher in .vscode/tasks.json reads these lines.

/** One esbuild plugin for all bundles that are watched, so that several that change at once are one build. */
export function reportRebuilds(print = console.log) {
  let building = 0;
  /** By bundle: one that was not rebuilt still has the errors that it had. */
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
