/**
 * Asks for a preset to begin with; time estimates follow once this machine is measured, without delaying the picker.
 */
import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { PackageData } from '../../data/packages/package-data';
import { fetchableData } from '../datasets/fetch-data';
import type { Host } from '../host';
import { aboutTime, estimatedSeconds } from './estimate';
import type { MachineSpeed } from './machine-speed';
import { allPresets, GROUPS, groupTitle, type Preset } from './presets';

export const OWN_PICTURES = 'own pictures';
type Choice = Preset | typeof OWN_PICTURES;

interface ChoiceItem extends QuickPickItem {
  readonly choice?: Choice;
}

/** Data behind the items, as far as available: the speed of this machine, and the datasets to fetch. */
interface Known {
  readonly speed: MachineSpeed | undefined;
  /** Data that has not been fetched yet, by name. */
  readonly unfetched: ReadonlyMap<string, PackageData>;
}

function fetchMark({ fetches }: Preset, { unfetched }: Known): readonly string[] {
  const data = fetches === undefined ? undefined : unfetched.get(fetches);
  return data === undefined
    ? []
    : [`$(cloud-download) ${l10n.t('downloads {0} MiB', data.downloadMebibytes)}`];
}

function sizeText({ imageSize, isColour }: Preset): string {
  if (imageSize === undefined) return l10n.t('points');
  return isColour === true ? l10n.t('{0}×{0} colour', imageSize) : l10n.t('{0}×{0} grey', imageSize);
}

function presetItem(preset: Preset, known: Known): ChoiceItem {
  const seconds = estimatedSeconds(preset, known.speed);
  return {
    label: preset.title,
    description: [
      sizeText(preset),
      ...(seconds === undefined ? [] : [aboutTime(seconds)]),
      ...fetchMark(preset, known),
    ].join(' · '),
    detail: preset.detail,
    choice: preset,
  };
}

function separator(label: string): ChoiceItem {
  return { label, kind: QuickPickItemKind.Separator };
}

export function presetItems(presets: readonly Preset[], known: Known): readonly ChoiceItem[] {
  const groups = GROUPS.flatMap((group) => {
    const items = presets
      .filter((preset) => preset.group === group)
      .map((preset) => presetItem(preset, known));
    return items.length === 0 ? [] : [separator(groupTitle(group)), ...items];
  });
  const ownPictures: ChoiceItem = {
    label: l10n.t('Import a folder of pictures…'),
    detail: l10n.t('Chooses the network, settings and training time for you.'),
    choice: OWN_PICTURES,
  };
  return [...groups, separator(l10n.t('Your own pictures')), ownPictures];
}

export interface PickerHost {
  readonly speed: Pick<Host['speed'], 'known' | 'measure'>;
  readonly training: Pick<Host['training'], 'jobs'>;
  readonly log: Pick<Host['log'], 'error'>;
}

/** Undefined if the user cancels. */
export async function pickPreset(
  { speed, training, log }: PickerHost,
  title: string,
): Promise<Choice | undefined> {
  const presets = allPresets();
  const abort = new AbortController();
  const picker = window.createQuickPick<ChoiceItem>();
  const missing = await fetchableData('missing');
  let known: Known = {
    speed: speed.known,
    unfetched: new Map(missing.map((data) => [data.name, data])),
  };
  const show = (): void => {
    const active = picker.activeItems[0]?.choice;
    picker.items = presetItems(presets, known);
    // Replacing the items would lose the active one; without an active one, Enter would choose nothing.
    const [first, ...others] = picker.items.filter(({ choice }) => choice !== undefined);
    const kept = others.find(({ choice }) => choice === active) ?? first;
    picker.activeItems = kept === undefined ? [] : [kept];
  };
  picker.title = title;
  picker.placeholder = l10n.t('Choose what to train');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  show();
  // Not while training: each would slow the other down.
  if (training.jobs.length === 0)
    speed.measure(abort.signal).then(
      (measured) => {
        if (abort.signal.aborted || measured === undefined) return;
        known = { ...known, speed: measured };
        show();
      },
      (error: unknown) => log.error(String(error)),
    );
  try {
    return await new Promise((resolve) => {
      picker.onDidAccept(() => {
        const [active] = picker.activeItems;
        if (active !== undefined) resolve(active.choice);
      });
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    // Training that starts now needs every core.
    abort.abort();
    picker.dispose();
  }
}
