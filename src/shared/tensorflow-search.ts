/** The variables by which people and the editor say where the TensorFlow library is looked for. */

/** A library, or a folder with one: the only one that is used then. */
export const LIBRARY_VARIABLE = 'GAN_WORKBENCH_TENSORFLOW';

/** Folders whose packages are looked through, with the path separator between them; by default the current folder. */
export const WORKSPACE_VARIABLE = 'GAN_WORKBENCH_WORKSPACE';
