/** The presets whose steps tell how fast a machine is. Free of `vscode`: `npm run presets` measures them too. */

/** Seconds per step of the toy and of an image experiment. */
export interface MachineSpeed {
  readonly toy: number;
  readonly images: number;
}

/** Small networks are bound by runtime overhead, larger ones by arithmetic on every core. */
export const MEASURED: Readonly<Record<keyof MachineSpeed, string>> = {
  toy: 'toy-ring',
  images: 'digits-dcgan',
};
