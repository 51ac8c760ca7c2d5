/** Describes a row of the datasets tree: where titles are equal, what tells the data apart comes first. */
import { l10n } from 'vscode';
import type { DescribedData } from '../config-editing/experiment-service';

/** What a row shows besides its icon. Datasets with equal traits differ in other settings. */
export interface DatasetRow {
  readonly title: string;
  readonly traits: readonly string[];
  /** Settings in the experiment, as `key: value`. */
  readonly settings: readonly string[];
  readonly count?: number | undefined;
  /** Where the title is a name of the user's, the kind of data. */
  readonly kind?: string | undefined;
}

/** Size of the images; for super-resolution, after the size of the inputs. */
export function sizeTexts({ image, input }: DescribedData): readonly string[] {
  if (image === undefined) return [];
  const size = `${image.width}×${image.height}×${image.channels}`;
  const isScaled = input !== undefined && (input.width !== image.width || input.height !== image.height);
  return [isScaled ? `${input.width}×${input.height} → ${size}` : size];
}

/** The texts that some of the others lack. */
function peculiar(texts: readonly string[], others: readonly (readonly string[])[]): readonly string[] {
  return texts.filter((text) => others.some((other) => !other.includes(text)));
}

/** @param rows all rows of the tree */
export function datasetDescription(row: DatasetRow, rows: readonly DatasetRow[]): string {
  const { title, traits, settings, count, kind } = row;
  const namesakes = rows.filter((other) => other !== row && other.title === title);
  const alike = namesakes.filter((other) => other.traits.join() === traits.join());
  const first = [
    ...peculiar(
      traits,
      namesakes.map((other) => other.traits),
    ),
    ...peculiar(
      settings,
      alike.map((other) => other.settings),
    ),
  ];
  return [
    ...first,
    ...(count === undefined ? [] : [l10n.t('{0} examples', count.toLocaleString())]),
    ...traits.filter((trait) => !first.includes(trait)),
    ...(kind === undefined ? [] : [kind]),
  ].join(' · ');
}
