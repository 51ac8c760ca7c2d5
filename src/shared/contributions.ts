/**
 * The ids that package.json contributes, in the one place from which code uses them; a test holds the two together.
 */

export const COMMANDS = {
  startTraining: 'gan.startTraining',
  openDashboard: 'gan.openDashboard',
} as const;

export const VIEW_CONTAINERS = { gan: 'gan' } as const;

export const VIEWS = { experiments: 'gan.experiments' } as const;

/** Publisher and name: what VS Code knows the extension by. */
export const EXTENSION_ID = 'gan-workbench.gan-workbench';
