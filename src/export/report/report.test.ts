import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { toldRun } from '../../../test/support/told-run';
import { exportRun } from '../export-run';

async function report(): Promise<string> {
  const folder = await temporaryFolder();
  const path = join(folder, 'report.html');
  const runFolder = await toldRun(folder);
  await exportRun({ runFolder, format: 'report', path, network: 'generator', isRaw: false, replaces: false });
  return await readFile(path, 'utf8');
}

it('tells the result, the scores and their protocols, the findings, the configuration and the origin', async () => {
  const page = await report();
  expect(page).toContain('Best FID: <strong>20.5</strong> at step 3');
  expect(page).toContain('onnx, 1 thread<');
  expect(page).toMatch(/<table class="scores">/);
  expect(page).toContain('<td>9 samples, &quot;random&quot; features</td>');
  expect(page).toContain('Samples are &lt;alike&gt; &amp; few.');
  expect(page).toContain('<span>data.source</span><code>points2d</code>');
  expect(page).toMatch(/<th>GAN Workbench<\/th><td>0<\/td>/);
  expect(page).toContain('<td>0123456789ab on branch main, with uncommitted changes</td>');
  expect(page.match(/src="data:image\/png;base64,/g)).toHaveLength(3);
});

it('has the charts of the dashboard with their explanations', async () => {
  const page = await report();
  const titles = [...page.matchAll(/<h3>([^<]+)<\/h3>/g)].map(([, title]) => title);
  expect(titles).toEqual(['Loss', 'Discriminator output', 'FID', 'Gradient norm', 'R1 penalty']);
  expect(page).toContain('The two compete, so neither loss measures image quality.');
  expect(page).not.toContain('NaN');
});

it('loads nothing from elsewhere', async () => {
  const page = await report();
  expect(page.match(/(?:src|href)="(?!data:)[^"]*"/g)).toBeNull();
  expect(page).not.toMatch(/<script|@import|url\(/);
});
