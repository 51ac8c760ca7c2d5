/** arXiv numbers of the papers that parts cite by title. */

const ARXIV: Readonly<Record<string, string>> = {
  'A Style-Based Generator Architecture for Generative Adversarial Networks': '1812.04948',
  'A Learned Representation for Artistic Style': '1610.07629',
  'Adam: A Method for Stochastic Optimization': '1412.6980',
  'An Exponential Learning Rate Schedule for Deep Learning': '1910.07454',
  'Amortised MAP Inference for Image Super-Resolution': '1610.04490',
  'Analyzing and Improving the Image Quality of StyleGAN': '1912.04958',
  'Conditional Generative Adversarial Nets': '1411.1784',
  'Conditional Image Synthesis with Auxiliary Classifier GANs': '1610.09585',
  'Consistency Regularization for Generative Adversarial Networks': '1910.12027',
  'Demystifying MMD GANs': '1801.01401',
  'Differentiable Augmentation for Data-Efficient GAN Training': '2006.10738',
  'Fully Convolutional Networks for Semantic Segmentation': '1411.4038',
  'GANs Trained by a Two Time-Scale Update Rule': '1706.08500',
  'Generative Adversarial Nets': '1406.2661',
  'Geometric GAN': '1705.02894',
  'High-Resolution Image Synthesis and Semantic Manipulation with Conditional GANs': '1711.11585',
  'Image-to-Image Translation with Conditional Adversarial Networks': '1611.07004',
  'Improved Precision and Recall Metric': '1904.06991',
  'Improved Regularization of Convolutional Neural Networks with Cutout': '1708.04552',
  'Improved Techniques for Training GANs': '1606.03498',
  'Improved Training of Wasserstein GANs': '1704.00028',
  'Least Squares Generative Adversarial Networks': '1611.04076',
  'On Convergence and Stability of GANs': '1705.07215',
  'PacGAN: The power of two samples in generative adversarial networks': '1712.04086',
  'Photo-Realistic Single Image Super-Resolution Using a Generative Adversarial Network': '1609.04802',
  'Regularizing Generative Adversarial Networks under Limited Data': '2104.03310',
  'Reliable Fidelity and Diversity Metrics': '2002.09797',
  'SAN: Inducing Metrizability of GAN with Discriminative Normalized Linear Layer': '2301.12811',
  'SGDR: Stochastic Gradient Descent with Warm Restarts': '1608.03983',
  'Spectral Normalization for Generative Adversarial Networks': '1802.05957',
  'The GAN is dead; long live the GAN! A Modern Baseline GAN': '2501.05441',
  'The relativistic discriminator: a key element missing from standard GAN': '1807.00734',
  'Towards Faster and Stabilized GAN Training for High-fidelity Few-shot Image Synthesis': '2101.04775',
  'Towards Principled Methods for Training GANs': '1701.04862',
  'Training Generative Adversarial Networks with Limited Data': '2006.06676',
  'Unpaired Image-to-Image Translation using Cycle-Consistent Adversarial Networks': '1703.10593',
  'Unsupervised Representation Learning with Deep Convolutional GANs': '1511.06434',
  VEEGAN: '1705.07761',
  'Wasserstein Generative Adversarial Networks': '1701.07875',
  'Which Training Methods for GANs do actually Converge?': '1801.04406',
  'cGANs with Projection Discriminator': '1802.05637',
};

/** Returns a citation as Markdown, with known titles as links. */
export function linkedPapers(citation: string): string {
  return citation.replace(/"([^"]+)"/g, (quoted, title: string) => {
    const number = ARXIV[title];
    return number === undefined ? quoted : `[${title}](https://arxiv.org/abs/${number})`;
  });
}
