/** Points in the plane serve as their own features. */
import { sizeOf } from '../../shared/host-tensor';
import { floatMatrix } from '../algebra/matrix';
import { shortHash } from '../content-key';
import type { FeatureNetwork } from './feature-network';

export const coordinates: FeatureNetwork = {
  name: 'coordinates',
  title: 'the coordinates of the points themselves',
  hash: shortHash('coordinates'),
  resize: 'none',
  batch: 1024,
  async extract({ shape: [count = 0, ...rest], data }) {
    return { features: floatMatrix(count, sizeOf(rest), data) };
  },
  close: async () => undefined,
};
