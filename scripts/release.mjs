// The steps of the release workflow:
//   node scripts/release.mjs check v1.2.3     the tag, package.json and CHANGELOG.md name the same version
//   node scripts/release.mjs checksums        writes dist/SHA256SUMS for the packages of this version
//   node scripts/release.mjs notes v1.2.3     prints the changelog entry of the version
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { releaseNotes, releaseProblems } from './release-notes.mjs';
import { TARGETS, vsixPath } from './targets.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = (name) => readFileSync(join(root, name), 'utf8');
const manifest = JSON.parse(text('package.json'));
const { version } = manifest;

function check(tag) {
  const problems = releaseProblems(tag, manifest, text('CHANGELOG.md'));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function checksums() {
  const dist = join(root, 'dist');
  const expected = Object.keys(TARGETS).map((target) => basename(vsixPath(target, version)));
  const made = readdirSync(dist).filter((name) => name.endsWith('.vsix'));
  const missing = expected.filter((name) => !made.includes(name));
  const foreign = made.filter((name) => !expected.includes(name));
  if (missing.length > 0 || foreign.length > 0)
    throw new Error(`dist lacks [${missing.join(', ')}] and has [${foreign.join(', ')}] besides.`);
  const lines = expected.map((name) => {
    const hash = createHash('sha256')
      .update(readFileSync(join(dist, name)))
      .digest('hex');
    return `${hash}  ${name}\n`;
  });
  writeFileSync(join(dist, 'SHA256SUMS'), lines.join(''));
}

const parts = {
  check,
  checksums,
  notes: (tag) => console.log(releaseNotes(text('CHANGELOG.md'), tag.replace(/^v/, ''))),
};
const [part, tag = `v${version}`] = process.argv.slice(2);
if (!(part in parts)) {
  console.error(`There is no part "${part}"; there are ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
parts[part](tag);
