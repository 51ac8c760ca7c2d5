/** Results of a dataset survey: classes as bars, channels as a table, duplicates, skipped files. */
import type { DatasetSurvey, ExamplePlace, SkippedFiles } from '../../src/shared/dataset-protocol';
import { element } from '../shared/dom';
import { formatCount, formatValue } from '../shared/format';
import { t } from '../shared/texts';

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

/** Number of examples per class, with the longest bar for the largest class. */
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
  const heads = [t('Channel'), t('Mean'), t('Std. dev.'), t('Min'), t('Max')];
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
        ? t('Values as the network sees them, from -1 to 1.')
        : t('Values from -1 to 1 of {0} evenly spaced examples.', formatCount(looked)),
    ),
  );
}

export function duplicateSection(
  { duplicates, exactGroups, nearGroups, groupsAcrossParts, looked, total, nearSearched }: DatasetSurvey,
  onChoose: (place: ExamplePlace) => void,
): HTMLElement {
  const title = t('Duplicates');
  const limits = [
    ...(looked === total ? [] : [note(t('Searched {0} evenly spaced examples.', formatCount(looked)))]),
    ...(nearSearched === looked
      ? []
      : [
          note(
            t(
              'Many examples are similar, so near duplicates were searched only among the {0} darkest.',
              formatCount(nearSearched),
            ),
          ),
        ]),
  ];
  if (exactGroups + nearGroups === 0) return section(title, note(t('No duplicates.')), ...limits);
  const groups = duplicates.map(({ kind, places }) =>
    element(
      'li',
      {},
      element('span', { class: 'tag' }, kind === 'exact' ? t('identical') : t('similar')),
      ...places.map((place) => placeButton(place, onChoose)),
    ),
  );
  return section(
    title,
    note(
      t(
        'Groups of identical examples: {0}. Groups of similar examples: {1}.',
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
              'Groups that span training and held-out examples: {0}. They make scores look better than they are.',
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
