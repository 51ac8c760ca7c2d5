import { expect, it } from 'vitest';
import { parseExperiment } from '../../config/load';
import { experimentText } from './experiment-text';

it.each([32, 64, 128])('is an experiment as it stands, at %i pixels', (imageSize) => {
  const text = experimentText(
    'my "best" pictures',
    { labels: 'folders', imageSize, fit: 'letterbox' },
    'Why not',
  );
  const { data } = parseExperiment(text, 'x.gan.json');
  expect(data).toMatchObject({
    folder: 'my "best" pictures',
    labels: 'folders',
    imageSize,
    fit: 'letterbox',
  });
});
