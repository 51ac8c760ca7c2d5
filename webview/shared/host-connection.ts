/**
 * A page's connection to the extension host: typed messages in envelopes, and the page's state persisted by VS Code.
 */
import { EnvelopeSequence, isEnvelope, type PageEnvelope } from '../../src/shared/page-channel';

interface VsCodeApi<Sent, State> {
  postMessage(message: PageEnvelope<Sent>): void;
  getState(): State | undefined;
  setState(state: State): void;
}

declare function acquireVsCodeApi<Sent, State>(): VsCodeApi<Sent, State>;

export interface HostConnection<Sent, Received, State> {
  send(message: Sent): void;
  /** `onGap` is called instead of `onMessage` if a preceding message was lost: request everything again. */
  listen(onMessage: (message: Received) => void, onGap?: () => void): void;
  /** The state saved before the page was hidden or the window reloaded. */
  state(): State | undefined;
  keep(state: State): void;
}

/** Call once per page: VS Code hands out its API only once. */
export function connectToHost<Sent, Received, State>(): HostConnection<Sent, Received, State> {
  const api = acquireVsCodeApi<Sent, State>();
  const sent = new EnvelopeSequence<Sent>();
  return {
    send: (message) => api.postMessage(sent.wrap(message)),
    listen(onMessage, onGap) {
      let expected: number | undefined;
      window.addEventListener('message', ({ data }: MessageEvent<PageEnvelope<Received>>) => {
        if (!isEnvelope(data)) return;
        const { sequence, message } = data;
        const isGap = expected !== undefined && sequence !== 0 && sequence !== expected;
        expected = sequence + 1;
        if (isGap && onGap !== undefined) onGap();
        else onMessage(message);
      });
    },
    state: () => api.getState(),
    keep: (state) => api.setState(state),
  };
}
