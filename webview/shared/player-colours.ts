/** The colours of the two networks and of their data, as CSS variables: the same on every page. */
export const DISCRIMINATOR_COLOUR = '--vscode-charts-blue';
export const GENERATOR_COLOUR = '--vscode-charts-yellow';
