import * as z from 'zod';
import { defineRegulariser } from './regulariser';
import { squaredSlopesPenalty, squaredSlopesWeight } from './slopes';

/** Penalises the discriminator's gradient on real data, which makes training converge locally. */
export const r1 = defineRegulariser({
  name: 'r1',
  title: 'R1 gradient penalty',
  description:
    'Penalises the discriminator’s squared gradient norm at real images. A reliable first choice against unstable training.',
  paper: 'Mescheder et al. 2018, "Which Training Methods for GANs do actually Converge?", equation 9',
  formula: '(weight / 2) · mean[ ‖∇ₓ logit(x)‖² ], x real',
  options: z.strictObject({ weight: squaredSlopesWeight }),
  penalty: (inputs, { weight }) => squaredSlopesPenalty(inputs, inputs.real, weight),
});
