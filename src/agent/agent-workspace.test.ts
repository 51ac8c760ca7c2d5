import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { AgentWorkspace } from './agent-workspace';

async function folderWith(...files: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const file of files) {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, file), '{}');
  }
  return folder;
}

const workspaceOf = (...paths: readonly string[]) =>
  new AgentWorkspace(paths.map((path, index) => ({ name: `root${index + 1}`, path })));

it('finds experiments, sweeps and folders of runs, but not what packages and runs contain', async () => {
  const folder = await folderWith(
    'a.gan.json',
    'deep/er/b.gan.json',
    'a.gan-sweep.json',
    'node_modules/x/c.gan.json',
    '.hidden/d.gan.json',
    'deep/gan-runs/00001-a/e.gan.json',
  );
  const workspace = workspaceOf(folder);
  const found = await workspace.find();
  const shown = (paths: readonly string[]) => paths.map((path) => workspace.shown(path));
  expect(shown(found.experiments)).toEqual(['a.gan.json', 'deep/er/b.gan.json']);
  expect(shown(found.sweeps)).toEqual(['a.gan-sweep.json']);
  expect(shown(found.runsFolders)).toEqual(['deep/gan-runs']);
});

it('takes an experiment by its path or name', async () => {
  const folder = await folderWith('a.gan.json', 'sub/b.gan.json', 'other/b.gan.json');
  const workspace = workspaceOf(folder);
  expect(await workspace.experiment('a')).toBe(join(folder, 'a.gan.json'));
  expect(await workspace.experiment('sub/b.gan.json')).toBe(join(folder, 'sub', 'b.gan.json'));
  await expect(workspace.experiment('b')).rejects.toMatchObject({
    message: 'There are several "b".',
    remedy: 'Name one by its path: other/b.gan.json, sub/b.gan.json.',
  });
  await expect(workspace.experiment('../a.gan.json')).rejects.toThrow('There is no "../a.gan.json"');
  await expect(workspace.experiment(join(folder, 'a.gan.json'))).rejects.toThrow('There is no ');
});

it('begins paths with the name of the folder where there are several', async () => {
  const [first, second] = [await folderWith('a.gan.json'), await folderWith('a.gan.json')];
  const workspace = workspaceOf(first, second);
  expect((await workspace.find()).experiments.map((path) => workspace.shown(path)).sort()).toEqual([
    'root1/a.gan.json',
    'root2/a.gan.json',
  ]);
  expect(await workspace.experiment('root2/a.gan.json')).toBe(join(second, 'a.gan.json'));
  expect(workspace.shorten(`${join(second, 'a.gan.json')} in ${first} is odd`)).toBe(
    'root2/a.gan.json in root1 is odd',
  );
});

it('writes neither outside the workspace nor through a link that leads out of it', async () => {
  const [folder, outside] = [await folderWith('a.gan.json'), await folderWith('b.gan.json')];
  const workspace = workspaceOf(folder);
  await symlink(outside, join(folder, 'link'));
  expect(await workspace.writable(folder, 'c.gan.json')).toBe(join(folder, 'c.gan.json'));
  await expect(workspace.writable(folder, '../c.gan.json')).rejects.toThrow('is not a file name');
  await expect(workspace.writable(join(folder, 'link'), 'c.gan.json')).rejects.toThrow('is not a file name');
  expect((await workspace.find()).experiments).toEqual([join(folder, 'a.gan.json')]);
});
