import { expect, it } from 'vitest';
import { parseExperiment } from '../../config/load';
import {
  type Pictures,
  type Proposal,
  proposeExperiments,
  proposeLength,
} from '../../session/propose-experiment';
import { experimentText } from './experiment-text';

function proposalFor(pictures: Pictures): Proposal {
  const [best] = proposeExperiments(pictures);
  if (best === undefined) throw new Error('Nothing is proposed.');
  return best;
}

it.each([
  [55, 64, 3],
  [4000, 32, 0],
  [20_000, 128, 10],
])('is an experiment as it stands: %d pictures, %d pixels, %d classes', (count, imageSize, classes) => {
  const proposal = proposalFor({ count, imageSize, classes });
  const text = experimentText(
    'my "best" pictures',
    { labels: classes > 0 ? 'folders' : 'none', imageSize, fit: 'letterbox' },
    proposal,
    proposeLength(imageSize, 0.1),
    { data: 'Mine.', length: 'Five minutes.' },
  );
  const config = parseExperiment(text, 'x.gan.json');
  expect(config.data).toMatchObject({ folder: 'my "best" pictures', imageSize, fit: 'letterbox' });
  expect(config.evaluation === false).toBe(!proposal.isScored);
  expect(text).toContain('{\n  // Mine.\n  "data": { "source": "folder", ');
  expect(text).toContain('\n\n  // Five minutes.\n  "length": { "steps": ');
});

it('keeps names as they are, whatever they hold', () => {
  const folder = 'photos [ 2020 ]\n "seed": 1';
  const text = experimentText(
    folder,
    { labels: 'none', imageSize: 32, fit: 'crop' },
    proposalFor({ count: 100, imageSize: 32, classes: 0 }),
    proposeLength(32, 0.1),
    { data: `A GAN on the pictures of ${folder}.` },
  );
  const config = parseExperiment(text, 'x.gan.json');
  expect(config.data).toMatchObject({ folder });
  expect(config.seed).not.toBe(1);
});
