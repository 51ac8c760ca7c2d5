/** Explanations behind the (i) of each chart: in two lines, what it shows and what a healthy run looks like. */
import { type LocalizableText, localizable } from './localizable-text';

/** Charts that every run has. */
export type StandardChart = 'loss' | 'output' | 'gradientNorm' | 'throughput';

/** What the chart shows, and what to look for. */
export type Explanation = readonly LocalizableText[];

export function explainStandard(chart: StandardChart): Explanation {
  switch (chart) {
    case 'loss':
      return [
        localizable('Loss of each network. The two compete, so neither loss measures image quality.'),
        localizable(
          'Healthy: both fluctuate around a level. A discriminator loss near 0 leaves the generator nothing to learn from.',
        ),
      ];
    case 'output':
      return [
        localizable(
          'Mean discriminator output as the probability of “real”: D(x) for real examples, D(G(z)) for generated ones.',
        ),
        localizable(
          'Healthy: both move towards 0.5. D(x) near 1 with D(G(z)) near 0 means that the discriminator is winning.',
        ),
      ];
    case 'gradientNorm':
      return [
        localizable('Norm of the gradient over all weights of each network.'),
        localizable(
          'Healthy: steady. Growth and spikes point to unstable training, values near 0 to a network that no longer learns.',
        ),
      ];
    case 'throughput':
      return [
        localizable('Training examples processed per second.'),
        localizable(
          'Healthy: roughly constant. A drop usually means that other programs are using the processor.',
        ),
      ];
  }
}

/** Undefined for an unknown score. */
export function explainScore(name: string): Explanation | undefined {
  return distances(name) ?? shares(name) ?? pairScores(name);
}

function distances(name: string): Explanation | undefined {
  switch (name) {
    case 'fid':
      return [
        localizable('Fréchet distance between the features of real and generated examples. Lower is better.'),
        localizable(
          'Healthy: falls, then levels off. Only scores with the same feature network and sample count are comparable.',
        ),
      ];
    case 'kid':
      return [
        localizable(
          'Kernel distance between the features of real and generated examples; unbiased even with few samples. Lower is better.',
        ),
        localizable('Healthy: falls towards 0.'),
      ];
    case 'slicedWasserstein':
      return [
        localizable(
          'Wasserstein distance between real and generated examples over random projections. Lower is better.',
        ),
        localizable('Healthy: falls, then levels off.'),
      ];
    case 'wasserstein1':
    case 'wasserstein2':
      return [
        localizable(
          'How far generated points have to be moved to lie like real ones: {0}, over the best pairing of 256 points each. Lower is better.',
          name === 'wasserstein1'
            ? localizable('the mean distance')
            : localizable('the root of the mean squared distance'),
        ),
        localizable('Healthy: falls, then levels off above 0, since two sets of real points differ too.'),
      ];
    case 'jensenShannon':
      return [
        localizable(
          'Divergence between histograms of generated and real points, in bits: 0 if they are alike, 1 if they have no cell in common. Lower is better.',
        ),
        localizable('Healthy: falls, then levels off above 0, since two sets of real points differ too.'),
      ];
    case 'sampleDiversity':
      return [
        localizable('How much the samples differ from one another, relative to real examples.'),
        localizable('Healthy: close to 1. A fall points to mode collapse.'),
      ];
    case 'toldApart':
      return [
        localizable(
          'Accuracy of a new classifier at telling generated from held-out real examples. Lower is better.',
        ),
        localizable('Healthy: falls towards 0.5, which is chance.'),
      ];
    case 'inceptionScore':
      return [
        localizable(
          'How confidently a classifier recognises each sample, and how evenly the classes occur. Higher is better.',
        ),
        localizable('Healthy: rises towards the number of classes.'),
      ];
    default:
      return undefined;
  }
}

function shares(name: string): Explanation | undefined {
  switch (name) {
    case 'modesCovered':
      return [
        localizable('Number of modes with a sample within three standard deviations.'),
        localizable('Healthy: all modes, from early on.'),
      ];
    case 'modesOfStacked':
      return [
        localizable('Number of combinations of three digits among the samples.'),
        localizable('Healthy: nearly all 1,000, given 25,600 samples or more.'),
      ];
    case 'klOfStacked':
      return [
        localizable(
          'How far the combinations of digits are from their distribution in the data. Lower is better.',
        ),
        localizable('Healthy: falls towards 0.'),
      ];
    case 'highQualityShare':
      return [
        localizable('Fraction of samples within three standard deviations of a mode.'),
        localizable('Healthy: rises towards 1.'),
      ];
    case 'precision':
      return [
        localizable('Fraction of samples that lie among real examples in feature space.'),
        localizable('Healthy: rises. High precision with low recall points to mode collapse.'),
      ];
    case 'recall':
      return [
        localizable('Fraction of real examples that lie among the samples in feature space.'),
        localizable('Healthy: rises. Low recall means that kinds of examples are missing.'),
      ];
    case 'density':
      return [
        localizable(
          'How densely real examples surround each sample; like precision, but less sensitive to outliers.',
        ),
        localizable('Healthy: around 1.'),
      ];
    case 'coverage':
      return [
        localizable('Fraction of real examples with a sample among their nearest neighbours.'),
        localizable('Healthy: rises towards 1.'),
      ];
    case 'classAccuracy':
      return [
        localizable('Fraction of samples that a classifier assigns to the class they were generated for.'),
        localizable('Healthy: rises towards the classifier’s accuracy on real examples.'),
      ];
    default:
      return undefined;
  }
}

/** Scores against a known ground truth. */
function pairScores(name: string): Explanation | undefined {
  switch (name) {
    case 'meanIou':
      return [
        localizable(
          'Overlap of predicted and true segments (intersection over union), averaged over classes. Higher is better.',
        ),
        localizable('Healthy: rises towards 1.'),
      ];
    case 'pixelAccuracy':
      return [
        localizable('Fraction of pixels with the correct class, dominated by large classes.'),
        localizable('Healthy: rises towards 1.'),
      ];
    case 'psnr':
      return [
        localizable('Peak signal-to-noise ratio between output and target, in decibels. Higher is better.'),
        localizable(
          'Healthy: rises, then levels off. It favours blurred images over sharp ones that are slightly off.',
        ),
      ];
    case 'ssim':
      return [
        localizable('Structural similarity of output and target; 1 for identical images.'),
        localizable('Healthy: rises towards 1.'),
      ];
    case 'l1':
      return [
        localizable('Mean absolute difference between output and target. Lower is better.'),
        localizable('Healthy: falls, then levels off.'),
      ];
    default:
      return undefined;
  }
}

/** Explains a value that only some runs record, by its name without the network. */
export function explainFurther(name: string): Explanation {
  const known = name.charAt(0).toLowerCase() + name.slice(1);
  if (known === 'pathLengthPenalty')
    return [
      localizable(
        'Mean penalty on the generator where a small change of the style changes some images more than others.',
      ),
      localizable('Healthy: small against the loss, and slowly falling.'),
    ];
  if (known === 'sanPenalty')
    return [
      localizable(
        'Projection of the features onto the direction of the last layer: mean of generated minus mean of real images.',
      ),
      localizable(
        'Healthy: below 0 and steady. Near 0 means that the direction does not separate the images.',
      ),
    ];
  if (known === 'reconstructionPenalty')
    return [
      localizable('Squared error of real images that are reconstructed from the discriminator’s features.'),
      localizable('Healthy: falls, then levels off.'),
    ];
  if (known.endsWith('Penalty'))
    return [
      localizable('Mean penalty of a regulariser on the discriminator.'),
      localizable('Healthy: small and steady. Growth means that the discriminator is becoming too steep.'),
    ];
  if (known.endsWith('Weight'))
    return scheduled(localizable('Weight of a penalty, which the configuration schedules.'));
  switch (known) {
    case 'adamBeta2':
      return scheduled(localizable('Decay rate of Adam’s second moment, which the configuration schedules.'));
    case 'emaDecay':
      return scheduled(
        localizable(
          'Decay per step of the average of the generator’s weights, which the configuration schedules.',
        ),
      );
    case 'topK':
      return scheduled(
        localizable(
          'Fraction of the generated images that the generator learns from, those with the highest logits.',
        ),
      );
    case 'augmentTarget':
      return scheduled(localizable('Target of adaptive augmentation, which the configuration schedules.'));
    case 'augmentProbability':
      return [
        localizable('Probability that augmentation changes an image before the discriminator sees it.'),
        localizable(
          'Healthy: an adaptive probability levels off. Steady growth means that the discriminator overfits.',
        ),
      ];
    case 'classLoss':
      return [
        localizable('Loss of predicting the class of an example.'),
        localizable('Healthy: falls for both networks.'),
      ];
    case 'cycleLoss':
      return [
        localizable('Difference between an image and its translation there and back.'),
        localizable('Healthy: falls, then levels off.'),
      ];
    case 'identityLoss':
      return [
        localizable('How much a generator changes an image that is already in its target domain.'),
        localizable('Healthy: falls, then levels off.'),
      ];
    case 'l1Loss':
    case 'l2Loss':
    case 'crossEntropyLoss':
    case 'featuresLoss':
      return [
        localizable('Difference between output and target, as part of the generator’s loss.'),
        localizable('Healthy: falls, then levels off.'),
      ];
    case 'learningRate':
      return [
        localizable('Learning rate of each optimiser.'),
        localizable('Follows the schedule in the configuration.'),
      ];
    default:
      return [localizable('Recorded by this run in addition to the standard values.')];
  }
}

/** A value that depends on the step alone. */
function scheduled(meaning: LocalizableText): Explanation {
  return [meaning, localizable('Follows the schedule in the configuration.')];
}
