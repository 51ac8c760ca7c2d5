import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parseExperiment } from '../../config/load';
import { packageData } from '../../data/packages/package-data';
import { declaredShape } from '../../session/dataset';
import { aboutTime, estimatedSeconds } from './estimate';
import { MEASURED } from './machine-speed';
import { presetPath, withoutSchema } from './preset-file';
import { OWN_PICTURES, presetItems } from './preset-picker';
import { allPresets, type Preset, presetNamed } from './presets';
import referenceTimes from './reference-times.json';

vi.mock('vscode', () => ({
  QuickPickItemKind: { Separator: -1 },
  l10n: {
    t: (text: string, ...values: unknown[]) =>
      text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
  },
}));

const root = join(__dirname, '..', '..', '..');

function textOf(preset: Preset): string {
  return readFileSync(join(root, ...presetPath(preset)), 'utf8');
}

function presetOf(name: string): Preset {
  const preset = presetNamed(name);
  if (preset === undefined) throw new Error(`no preset ${name}`);
  return preset;
}

describe('presets', () => {
  it('are the examples and the experiments of the editor, each once', () => {
    const files = [join(root, 'examples'), join(root, 'media', 'experiments')]
      .flatMap((folder) => readdirSync(folder))
      .filter((name) => name.endsWith('.gan.json'))
      .map((name) => name.replace('.gan.json', ''));
    expect(
      allPresets()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(files.sort());
  });

  it.each(allPresets())('$name is as the picker says', (preset) => {
    const { data } = parseExperiment(textOf(preset), preset.name);
    const { example } = declaredShape(parseExperiment(textOf(preset), preset.name));
    if (example.kind === 'points') expect(preset.imageSize).toBeUndefined();
    else expect(preset).toMatchObject({ imageSize: example.width });
    if (example.kind === 'image' && example.labelMap === undefined)
      expect(preset.isColour ?? false).toBe(example.channels === 3);
    const fetched = packageData.find(({ name }) => name === data.source);
    expect(preset.fetches).toBe(fetched?.name);
  });

  it.each(allPresets())('$name stays an experiment with its comments without the schema', (preset) => {
    const text = textOf(preset);
    const own = withoutSchema(text);
    expect(own).not.toContain('$schema');
    expect(own).toContain('//');
    expect(parseExperiment(own, preset.name)).toEqual(parseExperiment(text, preset.name));
  });
});

describe('the time that a preset takes', () => {
  it('is measured for all of them, as the gallery says', () => {
    const measured: Record<string, { wallSeconds: number; secondsPerStep: number }> = JSON.parse(
      readFileSync(join(root, 'docs', 'presets.json'), 'utf8'),
    );
    const times = Object.entries(measured).map(([name, { wallSeconds, secondsPerStep }]) => [
      name,
      { seconds: wallSeconds, secondsPerStep },
    ]);
    expect(referenceTimes).toEqual(Object.fromEntries(times));
    for (const preset of allPresets()) expect(estimatedSeconds(preset, undefined)).toBeGreaterThan(0);
    expect(aboutTime(31)).toBe('about 30 s');
  });

  it('is scaled by the speed of this machine, of small networks and of large ones', () => {
    const half = {
      toy: 2 * referenceTimes['toy-ring'].secondsPerStep,
      images: 2 * referenceTimes['digits-dcgan'].secondsPerStep,
    };
    for (const name of Object.values(MEASURED)) {
      const reference = estimatedSeconds(presetOf(name), undefined) ?? 0;
      expect(estimatedSeconds(presetOf(name), half)).toBeCloseTo(2 * reference);
    }
  });
});

describe('the picker', () => {
  const [emoji] = packageData;
  const items = presetItems(allPresets(), {
    speed: undefined,
    unfetched: new Map(emoji === undefined ? [] : [[emoji.name, emoji]]),
  });

  it('begins with the toy and its time, and ends with one’s own pictures', () => {
    const [group, toy] = items;
    expect(group?.label).toBe('First steps');
    const time = aboutTime(estimatedSeconds(presetOf('toy-ring'), undefined) ?? 0);
    expect(toy).toMatchObject({ label: expect.stringContaining('Toy'), description: `points · ${time}` });
    expect(items.at(-1)).toMatchObject({ choice: OWN_PICTURES });
  });

  it('marks what is downloaded first, and nothing that is there', () => {
    const marked = items.filter(({ description }) => description?.includes('$(cloud-download)'));
    expect(marked.map(({ choice }) => choice)).toEqual(
      allPresets().filter(({ fetches }) => fetches === 'emoji'),
    );
    const time = aboutTime(estimatedSeconds(presetOf('emoji-pix2pix'), undefined) ?? 0);
    expect(marked[0]?.choice).toEqual(presetOf('emoji-pix2pix'));
    expect(marked[0]?.description).toBe(`64×64 colour · ${time} · $(cloud-download) downloads 4.2 MiB`);
  });

  it('leaves out what links alone lead to', () => {
    expect(items.map(({ label }) => label)).not.toContain('Toy: mode collapse');
  });
});
