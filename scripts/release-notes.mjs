// Reads CHANGELOG.md for a release: what it says of a version, and what keeps the version from being released.

const UNRELEASED = 'Unreleased';
/** Stands for whoever publishes, until there is somebody. */
const PLACEHOLDER = 'OWNER';

/** The text below the heading of a version, `## 1.2.3` or `## 1.2.3 - 2026-01-01`; undefined where it has none. */
export function releaseNotes(changelog, version) {
  const section = changelog
    .split(/^## /m)
    .slice(1)
    .find((text) => text.split(/\s/, 1)[0] === version);
  return section?.slice(section.indexOf('\n')).trim();
}

/** Sentences that say why the tag must not become a release; empty where it may. */
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
