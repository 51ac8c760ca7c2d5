import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { whyFailed } from '../vscode/result';

const folder = mkdtempSync(join(tmpdir(), 'gan-result-'));
afterAll(() => rmSync(folder, { recursive: true }));

function resultFile(content: string): string {
  const file = join(folder, 'result.json');
  writeFileSync(file, content);
  return file;
}

describe('the result of a suite in the extension host', () => {
  it('is a success only when tests passed, none failed and VS Code ended well', () => {
    expect(whyFailed(resultFile('{"passes":2,"failures":0}'), 0)).toBeUndefined();
    expect(whyFailed(resultFile('{"passes":2,"failures":0}'), 1)).toContain('exit code 1');
    expect(whyFailed(resultFile('{"passes":2,"failures":1}'), 0)).toContain('1 failed');
    expect(whyFailed(resultFile('{"passes":0,"failures":0}'), 0)).toContain('no test ran');
    expect(whyFailed(resultFile('null'), 0)).toContain('no result');
  });

  it('is a failure when the host died, although VS Code then ends with 0', () => {
    expect(whyFailed(join(folder, 'missing.json'), 0)).toContain('died');
  });
});
