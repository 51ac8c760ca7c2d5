/** Entry point that VS Code calls in its extension host: runs every test file in this folder and records the result. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { writeResult } from '../result';

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: 180_000 });
  for (const name of readdirSync(__dirname)) {
    if (name.endsWith('.test.js')) mocha.addFile(join(__dirname, name));
  }
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      writeResult({ passes: runner.stats?.passes ?? 0, failures });
      if (failures === 0) resolve();
      else reject(new Error(`${failures} failed`));
    });
  });
}
