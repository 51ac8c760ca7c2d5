/** Connection from a viewer process to the extension host that started it. */
import { parentChannel, whileLoading } from './while-loading';

export interface ParentPort<Sent, Received> {
  send(message: Sent): void;
  onMessage(listener: (message: Received) => void): void;
  onClose(listener: () => void): void;
  /** Loads modules of a user; meanwhile the port does not keep the process alive. */
  loading<Loaded>(load: () => Promise<Loaded>): Promise<Loaded>;
}

/** @param advice the proper way to start it, thrown as an error if a user has started the process directly */
export function openParentPort<Sent, Received>(advice: string): ParentPort<Sent, Received> {
  if (process.send === undefined)
    throw new Error(`This is the entry of a process of the extension; ${advice}`);
  return {
    // Messages sent after disconnection are lost; without a callback they would crash the process.
    send: (message) => process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.on('disconnect', listener),
    loading: (load) => whileLoading(parentChannel, load),
  };
}
