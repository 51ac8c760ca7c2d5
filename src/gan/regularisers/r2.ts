import * as z from 'zod';
import { defineRegulariser } from './regulariser';
import { squaredSlopesPenalty, squaredSlopesWeight } from './slopes';

/** Penalises the discriminator's gradient on generated data: R1's counterpart, for use with it or for study. */
export const r2 = defineRegulariser({
  name: 'r2',
  title: 'R2 gradient penalty',
  description:
    'Penalises the discriminator’s squared gradient norm at generated images. Converges locally like R1, and can be combined with it.',
  paper: 'Mescheder et al. 2018, "Which Training Methods for GANs do actually Converge?", equation 10',
  formula: '(weight / 2) · mean[ ‖∇ₓ logit(x)‖² ], x generated',
  options: z.strictObject({ weight: squaredSlopesWeight }),
  penalty: ({ fake, discriminator, ...inputs }, { weight }) =>
    squaredSlopesPenalty({ ...inputs, discriminator: (x) => discriminator(x, 'fake') }, fake, weight),
});
