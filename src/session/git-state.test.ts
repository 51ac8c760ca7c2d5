import { execFileSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { readGitState } from './git-state';

function git(folder: string, ...args: readonly string[]): string {
  const author = ['-c', 'user.name=Someone', '-c', 'user.email=someone@example.org'];
  return execFileSync('git', ['-C', folder, ...author, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** A repository with an experiment in a folder of it, committed on the branch `trials`. */
async function repository(): Promise<{ root: string; folder: string; commit: string }> {
  const root = await temporaryFolder();
  git(root, 'init', '--quiet', '--initial-branch=trials');
  const folder = join(root, 'experiments');
  await mkdir(folder);
  await writeFile(join(folder, 'ring.gan.json'), '{}');
  git(root, 'add', '.');
  git(root, 'commit', '--quiet', '--message=Add a ring');
  return { root, folder, commit: git(root, 'rev-parse', 'HEAD') };
}

const unhurried = new AbortController().signal;

describe('the git repository around an experiment', () => {
  it('has a commit, a branch and no changes', async () => {
    const { folder, commit } = await repository();
    const state = await readGitState(folder, unhurried);
    expect(state).toEqual({ commit, branch: 'trials', changes: 'none' });
  });

  it('has no branch where a commit itself is checked out', async () => {
    const { folder, commit } = await repository();
    git(folder, 'checkout', '--quiet', '--detach');
    expect(await readGitState(folder, unhurried)).toEqual({ commit, changes: 'none' });
  });

  it.each(['ring.gan.json', 'new.gan.json'])('has changes where %s differs', async (name) => {
    const { folder } = await repository();
    await writeFile(join(folder, name), '{"seed": 1}');
    expect(await readGitState(folder, unhurried)).toMatchObject({ changes: 'uncommitted' });
  });

  it('says nothing of other folders', async () => {
    const { root, folder } = await repository();
    await writeFile(join(root, 'notes.txt'), 'for later');
    expect(await readGitState(folder, unhurried)).toMatchObject({ changes: 'none' });
  });

  it('is another than the one that the environment names, as in a hook', async () => {
    const [here, elsewhere] = [await repository(), await repository()];
    await writeFile(join(here.folder, 'new.gan.json'), '{}');
    vi.stubEnv('GIT_DIR', join(elsewhere.root, '.git'));
    try {
      expect(await readGitState(here.folder, unhurried)).toMatchObject({ changes: 'uncommitted' });
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

it('runs no program that a repository names', async () => {
  const { root, folder, commit } = await repository();
  const trap = join(root, 'trap.sh');
  await writeFile(trap, `#!/bin/sh\ntouch "${join(root, 'sprung')}"\n`, { mode: 0o755 });
  await writeFile(join(folder, 'ring.gan.json'), '[]');
  const filtered = { commit, branch: 'trials', changes: 'unknown' };
  git(root, 'config', 'core.fsmonitor', trap);
  git(root, 'config', 'core.hooksPath', root);
  await writeFile(join(root, 'post-index-change'), `#!/bin/sh\n"${trap}"\n`, { mode: 0o755 });
  expect(await readGitState(folder, unhurried)).toMatchObject({ changes: 'uncommitted' });
  await writeFile(join(root, '.git/info/attributes'), '* filter=trap\n');
  git(root, 'config', 'filter.trap.clean', trap);
  expect(await readGitState(folder, unhurried)).toEqual(filtered);
  expect(await readdir(root)).not.toContain('sprung');
});

it('is undefined without a repository, without a commit and without git', async () => {
  const folder = await temporaryFolder();
  expect(await readGitState(folder, unhurried)).toBeUndefined();
  git(folder, 'init', '--quiet');
  expect(await readGitState(folder, unhurried)).toBeUndefined();
  const { folder: committed } = await repository();
  vi.stubEnv('PATH', folder);
  try {
    expect(await readGitState(committed, unhurried)).toBeUndefined();
  } finally {
    vi.unstubAllEnvs();
  }
});

it('is unknown where git is cut off', async () => {
  const { folder } = await repository();
  expect(await readGitState(folder, AbortSignal.abort())).toEqual({ changes: 'unknown' });
});
