// Reads CHANGELOG.md for a release: the notes of a version and the problems that block its release.

const UNRELEASED = 'Unreleased';
/** Placeholder for the publisher, until there is one. */
const PLACEHOLDER = 'OWNER';

/** Returns the text below the heading of a version, `## 1.2.3` or `## 1.2.3 - 2026-01-01`; undefined if it has none. */
export function releaseNotes(changelog, version) {
  const section = changelog
    .split(/^## /m)
    .slice(1)
    .find((text) => text.split(/\s/, 1)[0] === version);
  return section?.slice(section.indexOf('\n')).trim();
}

/** Returns the reasons why the tag must not be released, as sentences; empty if there are none. */
export function releaseProblems(tag, { version, repository }, changelog) {
  const problems = [];
  if (tag !== `v${version}`) problems.push(`The tag is ${tag}, but package.json has version ${version}.`);
  if (!releaseNotes(changelog, version)) problems.push(`CHANGELOG.md says nothing under "## ${version}".`);
  if (releaseNotes(changelog, UNRELEASED))
    problems.push(`CHANGELOG.md has entries under "## ${UNRELEASED}": move them under "## ${version}".`);
  if (repository.url.includes(`/${PLACEHOLDER}/`))
    problems.push(
      `The repository in package.json belongs to ${PLACEHOLDER}: put its real owner in every file.`,
    );
  return problems;
}
