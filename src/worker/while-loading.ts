/** Notices in a worker that a user's module never finishes loading: when nothing but the port would keep it alive. */

/** A connection that keeps its process or thread alive, as an open port does by default. */
export interface KeepAlive {
  ref(): void;
  unref(): void;
}

/** Runs `load` while the port does not keep the worker alive. */
export async function whileLoading<Loaded>(port: KeepAlive, load: () => Promise<Loaded>): Promise<Loaded> {
  port.unref();
  try {
    return await load();
  } finally {
    port.ref();
  }
}

/** The channel to the parent process, if there still is one. */
export const parentChannel: KeepAlive = {
  ref: () => process.channel?.ref(),
  unref: () => process.channel?.unref(),
};
