import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { packageRoot } from '../../shared/package-root';

const asset = (name: string): Buffer => readFileSync(join(packageRoot(), 'assets', 'digits', name));

// Hashes of the decoded files, since compressors differ. A different selection of digits would make runs incomparable.
it.each([
  ['train-images-idx3-ubyte.gz', '92e265b7414886ac52594f31a52609edbfc8c4bfa17dbe9e48c742312f417caa'],
  ['train-labels-idx1-ubyte.gz', 'f7122ad9ee966f9c5014cbeac576e34fabb37bb75738f2f277c6fd4a7ba36fd4'],
  ['test-images-idx3-ubyte.gz', '780e99a56e963f3affe4791a03545a6ddbdc0904dd880c7f3c50753282177303'],
  ['test-labels-idx1-ubyte.gz', 'b547e409b08f1d55c77b7f0964dfb27202f97c41c014d9427a3acecfcf6a7129'],
])('%s holds the digits that it was made with', (name, sha256) => {
  expect(
    createHash('sha256')
      .update(gunzipSync(asset(name)))
      .digest('hex'),
  ).toBe(sha256);
});

it('ships with the licence of MNIST', () => {
  const licence = asset('LICENSE').toString('utf8');
  expect(licence).toContain('Yann LeCun');
  expect(licence).toContain('Corinna Cortes');
  expect(licence).toMatch(/CC BY-SA 3\.0|Attribution-Share ?Alike 3\.0/);
});
