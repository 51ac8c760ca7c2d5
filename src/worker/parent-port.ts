/** The way from a process in which something is looked at to the extension host that has started it. */

export interface ParentPort<Sent, Received> {
  send(message: Sent): void;
  onMessage(listener: (message: Received) => void): void;
  onClose(listener: () => void): void;
}

/** @param advice what a person who has started the process themselves should do instead, which is thrown */
export function openParentPort<Sent, Received>(advice: string): ParentPort<Sent, Received> {
  if (process.send === undefined)
    throw new Error(`This is the entry of a process of the extension; ${advice}`);
  return {
    // What is said when nobody listens any more is lost; without a callback that would end the process with an error.
    send: (message) => process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.on('disconnect', listener),
  };
}
