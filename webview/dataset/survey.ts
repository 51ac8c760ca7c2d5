/** What a look at all examples has found: classes as bars, channels as a table, what is there twice, what was skipped. */
import type { DatasetSurvey, ExamplePlace, SkippedFiles } from '../../src/shared/dataset-protocol';
import { element } from '../dom';
import { formatCount, formatValue } from '../format';
import { t } from '../texts';

function section(title: string, ...children: readonly (Node | string)[]): HTMLElement {
  return element(
    'section',
    {},
    element('div', { class: 'section-head' }, element('h2', {}, title)),
    ...children,
  );
}

function note(text: string): HTMLElement {
  return element('p', { class: 'note' }, text);
}

/** How many examples each class has, longest bar the largest class. */
export function classSection(classes: readonly string[], counts: readonly number[]): HTMLElement {
  const most = Math.max(1, ...counts);
  const rows = classes.map((name, i) => {
    const count = counts[i] ?? 0;
    const bar = element('span', { class: 'bar' });
    bar.style.width = `${(100 * count) / most}%`;
    return element(
      'tr',
      {},
      element('th', { scope: 'row', title: name }, name),
      element('td', { class: 'bar-cell' }, bar),
      element('td', { class: 'number' }, formatCount(count)),
    );
  });
  return section(t('Classes'), element('table', { class: 'histogram' }, ...rows));
}

export function channelSection({ channels, looked, total }: DatasetSurvey): HTMLElement {
  const heads = [t('Channel'), t('Mean'), t('Deviation'), t('Least'), t('Greatest')];
  const names =
    channels.length === 3 || channels.length === 4 ? [t('red'), t('green'), t('blue'), t('opacity')] : [];
  const rows = channels.map(({ mean, standardDeviation, least, greatest }, i) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, names[i] ?? String(i + 1)),
      ...[mean, standardDeviation, least, greatest].map((value) =>
        element('td', { class: 'number' }, formatValue(value)),
      ),
    ),
  );
  return section(
    t('Channels'),
    element(
      'table',
      { class: 'statistics' },
      element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head))),
      ...rows,
    ),
    note(
      looked === total
        ? t('Of the values that the network sees, from -1 to 1.')
        : t('Of {0} examples, evenly spread; values are from -1 to 1.', formatCount(looked)),
    ),
  );
}

export function duplicateSection(
  { duplicates, exactGroups, nearGroups, groupsAcrossParts, looked, total, nearSearched }: DatasetSurvey,
  onChoose: (place: ExamplePlace) => void,
): HTMLElement {
  const title = t('Duplicates');
  const limits = [
    ...(looked === total
      ? []
      : [note(t('Looked for among {0} examples, evenly spread.', formatCount(looked)))]),
    ...(nearSearched === looked
      ? []
      : [
          note(
            t(
              'Many examples are alike: nearly equal ones were looked for among the {0} darkest only.',
              formatCount(nearSearched),
            ),
          ),
        ]),
  ];
  if (exactGroups + nearGroups === 0) return section(title, note(t('No example is there twice.')), ...limits);
  const groups = duplicates.map(({ kind, places }) =>
    element(
      'li',
      {},
      element('span', { class: 'tag' }, kind === 'exact' ? t('equal') : t('alike')),
      ...places.map((place) => placeButton(place, onChoose)),
    ),
  );
  return section(
    title,
    note(
      t(
        'Groups of equal examples: {0}; of nearly equal ones: {1}.',
        formatCount(exactGroups),
        formatCount(nearGroups),
      ),
    ),
    ...limits,
    ...(groupsAcrossParts === 0
      ? []
      : [
          element(
            'p',
            { class: 'notice warning' },
            t(
              'Groups with examples of both parts: {0}. Scores on what is held out are then too good.',
              formatCount(groupsAcrossParts),
            ),
          ),
        ]),
    element('ul', { class: 'duplicates' }, ...groups),
  );
}

function placeButton(place: ExamplePlace, onChoose: (place: ExamplePlace) => void): HTMLElement {
  const part = place.part === 'train' ? t('training') : t('held out');
  const text = place.name ?? `${part} ${formatCount(place.index + 1)}`;
  const button = element('button', { class: 'link', title: `${part} · ${text}` }, text);
  button.addEventListener('click', () => onChoose(place));
  return button;
}

export function skippedSection({ skipped, skippedCount }: SkippedFiles): HTMLElement | undefined {
  if (skippedCount === 0) return undefined;
  const rows = skipped.map(({ name, reason }) =>
    element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, reason)),
  );
  return section(
    t('Skipped files'),
    ...(skippedCount > skipped.length
      ? [note(t('The first {0} of {1}.', formatCount(skipped.length), formatCount(skippedCount)))]
      : []),
    element('table', { class: 'skipped' }, ...rows),
  );
}
