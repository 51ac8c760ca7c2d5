import { beforeEach, expect, it, vi } from 'vitest';
import { PAGE_PROTOCOL_VERSION } from '../../src/shared/page-channel';
import { connectToHost } from './host-connection';

const posted: unknown[] = [];
let receive: (event: { readonly data: unknown }) => void = () => undefined;

beforeEach(() => {
  posted.length = 0;
  vi.stubGlobal('acquireVsCodeApi', () => ({
    postMessage: (message: unknown) => posted.push(message),
    getState: () => undefined,
    setState: () => undefined,
  }));
  vi.stubGlobal('window', {
    addEventListener: (_: string, listener: typeof receive) => {
      receive = listener;
    },
  });
});

const envelope = (sequence: number, message: string, protocol = PAGE_PROTOCOL_VERSION): object => ({
  protocol,
  sequence,
  message,
});

it('numbers what it sends', () => {
  const host = connectToHost<string, string, object>();
  host.send('a');
  host.send('b');
  expect(posted).toEqual([envelope(0, 'a'), envelope(1, 'b')]);
});

it('asks for everything where a message was lost, and ignores other versions and other senders', () => {
  const heard: string[] = [];
  connectToHost<string, string, object>().listen(
    (message) => heard.push(message),
    () => heard.push('gap'),
  );
  for (const data of [
    envelope(0, 'a'),
    envelope(1, 'b'),
    envelope(2, 'old', PAGE_PROTOCOL_VERSION - 1),
    { type: 'foreign' },
    envelope(3, 'd'),
    envelope(4, 'e'),
    // The host restarts.
    envelope(0, 'f'),
  ])
    receive({ data });
  expect(heard).toEqual(['a', 'b', 'gap', 'e', 'f']);
});
