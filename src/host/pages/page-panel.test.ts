import { beforeEach, expect, it, vi } from 'vitest';
import { Uri, window } from 'vscode';
import * as z from 'zod';
import { EnvelopeSequence, type PageEnvelope } from '../../shared/page-channel';
import { PANELS } from '../registry';
import { PagePanel } from './page-panel';

/** The parts of the editor that a panel uses. */
const editor = vi.hoisted(() => ({
  say: (_: unknown): void => undefined,
  close: (): void => undefined,
  isClosed: false,
  posted: [] as unknown[],
}));

vi.mock('vscode', () => ({
  ViewColumn: { Active: -1 },
  Uri: { file: (path: string) => ({ path }), joinPath: () => ({ path: '' }) },
  env: { language: 'en' },
  l10n: {},
  workspace: { onDidGrantWorkspaceTrust: () => ({ dispose: () => undefined }) },
  window: {
    createWebviewPanel: () => ({
      onDidDispose(listener: () => void) {
        editor.close = () => {
          editor.isClosed = true;
          listener();
        };
        return { dispose: () => undefined };
      },
      get visible() {
        if (editor.isClosed) throw new Error('Webview is disposed');
        return true;
      },
      dispose: () => editor.close(),
      webview: {
        asWebviewUri: String,
        onDidReceiveMessage(listener: (value: unknown) => void) {
          editor.say = listener;
          return { dispose: () => undefined };
        },
        postMessage: async (envelope: PageEnvelope) => editor.posted.push(envelope),
      },
    }),
  },
}));

const schema = z.object({ type: z.literal('load'), step: z.int() });
const heard: string[] = [];
const sent = new EnvelopeSequence<unknown>();
let page: PagePanel<string, z.output<typeof schema>>;

beforeEach(() => {
  heard.length = 0;
  editor.isClosed = false;
  editor.posted.length = 0;
  const panel = window.createWebviewPanel(PANELS.dashboard, 'Page', -1);
  page = new PagePanel(
    panel,
    Uri.file('/extension'),
    { bundle: 'main', title: 'Page', schema },
    {
      onMessage({ step }) {
        if (step === 13) throw new RangeError('no such step');
        heard.push(`load ${step}`);
      },
      onProblem: (problem) => heard.push(problem instanceof Error ? problem.name : 'other'),
      onDispose: () => heard.push(page.isVisible ? 'end while visible' : 'end'),
    },
  );
});

it('acts on messages of the page alone, and reports those that are wrong or fail', () => {
  editor.say(sent.wrap({ type: 'load', step: 3 }));
  editor.say(sent.wrap({ type: 'load', step: 'three' }));
  editor.say(sent.wrap({ type: 'load', step: 13 }));
  // Lacks the envelope of this protocol version.
  editor.say({ type: 'load', step: 4 });
  expect(heard).toEqual(['load 3', 'ZodError', 'RangeError']);
});

it('numbers its messages, and posts none once it is closed', () => {
  page.post('a');
  page.post('b');
  editor.close();
  page.post('c');
  page.dispose();
  expect(editor.posted).toMatchObject([
    { sequence: 0, message: 'a' },
    { sequence: 1, message: 'b' },
  ]);
  expect(heard).toEqual(['end']);
});
