/**
 * The envelope of every message between a page and the extension host, in both directions. A page can outlive the host
 * that opened it, through a reload or an update: messages of another version are ignored rather than misread.
 */

/** Incremented with every change to an existing message. A page ignores kinds of messages that it does not know. */
export const PAGE_PROTOCOL_VERSION = 8;

export interface PageEnvelope<Message = unknown> {
  readonly protocol: number;
  /** Zero-based message count per direction. */
  readonly sequence: number;
  readonly message: Message;
}

export function isEnvelope(value: unknown): value is PageEnvelope {
  return (
    typeof value === 'object' &&
    value !== null &&
    'message' in value &&
    'protocol' in value &&
    value.protocol === PAGE_PROTOCOL_VERSION &&
    'sequence' in value &&
    Number.isSafeInteger(value.sequence)
  );
}

/** Numbers the messages in one direction. */
export class EnvelopeSequence<Message> {
  #next = 0;

  wrap(message: Message): PageEnvelope<Message> {
    return { protocol: PAGE_PROTOCOL_VERSION, sequence: this.#next++, message };
  }

  /** The receiver has restarted and expects 0. */
  restart(): void {
    this.#next = 0;
  }
}
