import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../config/load';
import { describePreset, withoutSchema } from './preset-text';

const folder = join(__dirname, '..', '..', '..', 'examples');
const examples = readdirSync(folder).filter((name) => name.endsWith('.gan.json'));

describe('presets', () => {
  it.each(examples)('%s says what it is, and stays an experiment with its comments', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    expect(describePreset(text)).toMatch(/^\p{Lu}.+[.:]/u);
    const own = withoutSchema(text);
    expect(own).not.toContain('$schema');
    expect(own).toContain('//');
    expect(parseExperiment(own, name)).toEqual(parseExperiment(text, name));
  });

  it('a text without a comment has no description', () => {
    expect(describePreset('{"model": "dcgan"}')).toBe('');
  });

  it('only the comment at the top describes', () => {
    expect(describePreset('{\n  // One\n  // two.\n  "model": "gan", // three\n  // four\n}')).toBe(
      'One two.',
    );
  });
});
