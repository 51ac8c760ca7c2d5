import { expect, it } from 'vitest';
import { releaseNotes, releaseProblems } from '../../scripts/release-notes.mjs';

const changelog = `# Changelog

## Unreleased

## 0.2.0 - 2026-12-01

- Something new.

### The command

- More.

## 0.1.0

- The first.
`;
const manifest = { version: '0.2.0', repository: { url: 'https://github.com/someone/gan-workbench.git' } };

it('finds what the changelog says of a version', () => {
  expect(releaseNotes(changelog, '0.2.0')).toBe('- Something new.\n\n### The command\n\n- More.');
  expect(releaseNotes(changelog, '0.1.0')).toBe('- The first.');
  expect(releaseNotes(changelog, '0.1')).toBeUndefined();
});

it('releases a tag that package.json and the changelog agree with, and says what is wrong with others', () => {
  expect(releaseProblems('v0.2.0', manifest, changelog)).toEqual([]);
  expect(releaseProblems('v0.2.1', manifest, changelog)).toEqual([
    'The tag is v0.2.1, but package.json has version 0.2.0.',
  ]);
  expect(releaseProblems('v0.3.0', { ...manifest, version: '0.3.0' }, changelog)).toEqual([
    'CHANGELOG.md says nothing under "## 0.3.0".',
  ]);
  const unfinished = changelog.replace('## Unreleased\n', '## Unreleased\n\n- Not out yet.\n');
  expect(releaseProblems('v0.2.0', manifest, unfinished)).toEqual([
    'CHANGELOG.md has entries under "## Unreleased": move them under "## 0.2.0".',
  ]);
});

it('refuses to release in the name of the placeholder', () => {
  const nobody = { ...manifest, repository: { url: 'https://github.com/OWNER/gan-workbench.git' } };
  expect(releaseProblems('v0.2.0', nobody, changelog)).toEqual([
    'The repository in package.json belongs to OWNER: put its real owner in every file.',
  ]);
});
