/** Where a library is looked for, and in which order; nothing is loaded here. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { installedLibraries, namedLibrary, type SearchContext } from './find-library';

async function machineWith(...files: readonly string[]): Promise<SearchContext & { readonly root: string }> {
  const root = await temporaryFolder();
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), '');
  }
  return {
    root,
    platform: 'linux',
    env: { PATH: join(root, 'usr/bin') },
    home: join(root, 'home'),
    currentFolder: join(root, 'work/project'),
  };
}

function foundIn({ root, ...context }: SearchContext & { readonly root: string }): string[] {
  return installedLibraries(context)
    .map(({ path }) => path)
    .filter((path) => path.startsWith(root))
    .map((path) => path.slice(root.length + 1));
}

it('prefers the npm packages, then Python environments, and of each those of the workspace', async () => {
  const files = [
    'work/project/node_modules/@tensorflow/tfjs-node-gpu/deps/lib/libtensorflow.so',
    'work/node_modules/@tensorflow/tfjs-node/deps/lib/libtensorflow.so',
    'usr/lib/node_modules/@tensorflow/tfjs-node/deps/lib/libtensorflow.so',
    'work/project/.venv/lib/python3.12/site-packages/tensorflow/libtensorflow_cc.so.2',
    'conda/lib/python3.11/site-packages/tensorflow/libtensorflow_cc.so.2',
    'usr/lib/python3.13/site-packages/tensorflow/libtensorflow_cc.so.2',
    'usr/lib/python3.9/site-packages/tensorflow/libtensorflow_cc.so.2',
    'home/.local/lib/python3.9/site-packages/tensorflow/libtensorflow_cc.so.2',
    'opt/tensorflow/lib/libtensorflow.so.2',
  ];
  const machine = await machineWith('usr/bin/npm', 'usr/bin/python3', ...files.toReversed());
  const env = {
    ...machine.env,
    CONDA_PREFIX: join(machine.root, 'conda'),
    LD_LIBRARY_PATH: join(machine.root, 'opt/tensorflow/lib'),
  };
  expect(foundIn({ ...machine, env })).toEqual(files);
});

it('takes the library that a person names, or the one in a folder', async () => {
  const machine = await machineWith(
    'opt/lib/libtensorflow.so.2',
    'opt/lib/libtensorflow_framework.so.2',
    'own.so',
  );
  const named = (path: string) =>
    namedLibrary({ ...machine, env: { GAN_WORKBENCH_TENSORFLOW: join(machine.root, path) } })?.found;
  const library = {
    path: join(machine.root, 'opt/lib/libtensorflow.so.2'),
    dependencies: [join(machine.root, 'opt/lib/libtensorflow_framework.so.2')],
  };
  expect(['opt', 'opt/lib', 'opt/lib/libtensorflow.so.2'].map(named)).toEqual([library, library, library]);
  expect(named('own.so')).toEqual({ path: join(machine.root, 'own.so'), dependencies: [] });
  expect(named('none')).toBeUndefined();
  expect(namedLibrary(machine)).toBeUndefined();
});

it('looks into no folder of a workspace that the editor does not trust', async () => {
  const machine = await machineWith(
    'work/project/.venv/lib/python3.12/site-packages/tensorflow/libtensorflow_cc.so.2',
    'other/venv/lib/python3.12/site-packages/tensorflow/libtensorflow_cc.so.2',
  );
  const trusting = (workspace: string) =>
    foundIn({ ...machine, env: { ...machine.env, GAN_WORKBENCH_WORKSPACE: workspace } });
  expect(trusting('')).toEqual([]);
  expect(trusting(join(machine.root, 'other'))).toEqual([
    'other/venv/lib/python3.12/site-packages/tensorflow/libtensorflow_cc.so.2',
  ]);
});

it('knows the names of other platforms', async () => {
  const machine = await machineWith(
    'mac/libtensorflow.2.dylib',
    'mac/libtensorflow_framework.2.dylib',
    'windows/tensorflow.dll',
  );
  const named = (platform: NodeJS.Platform, folder: string) =>
    namedLibrary({ ...machine, platform, env: { GAN_WORKBENCH_TENSORFLOW: join(machine.root, folder) } })
      ?.found;
  expect(named('darwin', 'mac')).toEqual({
    path: join(machine.root, 'mac/libtensorflow.2.dylib'),
    dependencies: [join(machine.root, 'mac/libtensorflow_framework.2.dylib')],
  });
  expect(named('win32', 'windows')?.path).toBe(join(machine.root, 'windows/tensorflow.dll'));
  expect(named('aix', 'windows')).toBeUndefined();
});
