import { expect, it } from 'vitest';
import { packageData } from '../data/packages/package-data';
import { DataNotFetchedError } from '../data/packages/package-folder';
import { WorkbenchError } from '../shared/errors';
import { explain } from './output';

it('says what to type where an error knows that, and the remedy where it does not', () => {
  expect(explain(new WorkbenchError('It failed.', 'Mend it.'))).toBe('It failed.\nMend it.');
  const [data] = packageData;
  if (data === undefined) throw new Error('There is nothing to fetch.');
  const error = new DataNotFetchedError(data);
  expect(explain(error)).toContain(`Run \`gan data fetch ${data.name}\``);
  expect(error.remedy).not.toContain('gan data fetch');
});
