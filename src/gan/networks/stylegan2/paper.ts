export const PAPER =
  'Karras et al. 2020, "Analyzing and Improving the Image Quality of StyleGAN", sections 2.2 and 4.1; mapping network, noise and style mixing: Karras et al. 2019, "A Style-Based Generator Architecture for Generative Adversarial Networks", sections 2 and 3';
