// The pages that `npm run presets` writes from its results.

const BEGIN = '<!-- presets: begin -->';
const END = '<!-- presets: end -->';

/** docs/gallery.md */
export function galleryPage(results) {
  const sections = Object.entries(results).map(([name, result]) =>
    [
      `## ${name}`,
      result.description,
      `![What ${name} generated](images/gallery/${name}.png)`,
      `${result.steps} steps of batch ${result.batchSize} in ${duration(result.wallSeconds)}. ${evidence(result)}`,
      `Data: ${result.attribution}.`,
    ].join('\n\n'),
  );
  return [
    '# Gallery',
    '<!-- Written by `npm run presets` from what it trained and measured. -->',
    'What the examples that ship make of themselves: each was trained from its file as it stands, on the machine of [measurements.md](measurements.md), and nothing here was picked by hand. Where pictures stand in groups they are input, output and target (or, for the unpaired one, input, output and the way back), of data held out of training.',
    ...sections,
    '',
  ].join('\n\n');
}

/** docs/measurements.md with the table between its two marks replaced. Throws where the marks are missing. */
export function presetsTable(page, results) {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`docs/measurements.md has no ${BEGIN} … ${END}`);
  const rows = Object.entries(results).map(
    ([name, result]) =>
      `| [\`${name}\`](gallery.md#${name}) | ${result.steps} | ${duration(result.wallSeconds)} | ${evidence(result)} |`,
  );
  const table = ['| preset | steps | wall time | evidence |', '|---|---:|---:|---|', ...rows].join('\n');
  return `${page.slice(0, begin + BEGIN.length)}\n${table}\n${page.slice(end)}`;
}

function duration(seconds) {
  return seconds < 100 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(1)} min`;
}

function evidence({ scores }) {
  return scores
    .map(({ metric, value, details }) => `${metric} ${number(value)}${against(details)}`)
    .join('; ');
}

/** What a score is to be held against, where that was measured as well. */
function against(details = {}) {
  const known = Object.entries(details).flatMap(([key, value]) => {
    if (key.startsWith('baseline.')) return [`${key.slice('baseline.'.length)} ${number(value)}`];
    return key === 'classifierHeldOutAccuracy' ? [`the classifier itself: ${number(value)}`] : [];
  });
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}

function number(value) {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
