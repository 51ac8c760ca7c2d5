import { expect, it } from 'vitest';
import { rules } from '../diagnostics/registry';
import { documentationFiles, TROUBLESHOOTING } from './files';

it('has a section for each rule, with its explanation', () => {
  const text = documentationFiles().get(TROUBLESHOOTING);
  for (const { name, explanation } of rules) {
    expect(text).toContain(`\n## ${name}\n`);
    expect(text).toContain(explanation);
  }
});
