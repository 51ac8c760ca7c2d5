import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('is imported before anything that may use a thread', () => {
  const [, first] = /^import (.*);$/m.exec(readFileSync('src/cli/main.ts', 'utf8')) ?? [];
  expect(first).toBe("'./thread-pool'");
});
