import { beforeEach, expect, it, vi } from 'vitest';
import { Uri, window } from 'vscode';
import type { ToDatasetPage } from '../../shared/dataset-protocol';
import { EnvelopeSequence, type PageEnvelope } from '../../shared/page-channel';
import { PANELS } from '../registry';
import { datasetPage } from './dataset-panel';
import { DatasetSummaries } from './dataset-summaries';

/** The parts of the editor that a page uses, the page, and the processes started for it. */
const seen = vi.hoisted(() => ({
  isTrusted: true,
  grant: (): void => undefined,
  say: (_: unknown): void => undefined,
  commands: [''],
  processes: [{ sent: [{}], isClosed: false }],
}));
const posted = vi.hoisted((): ToDatasetPage[] => []);

vi.mock('vscode', () => ({
  EventEmitter: class {
    readonly event = () => undefined;
    fire(): void {}
  },
  ViewColumn: { Active: -1 },
  Uri: { file: (path: string) => ({ path }), joinPath: () => ({ path: '' }) },
  env: { language: 'en' },
  l10n: { t: (text: string) => text },
  commands: { executeCommand: async (id: string) => seen.commands.push(id) },
  workspace: {
    get isTrusted() {
      return seen.isTrusted;
    },
    getConfiguration: () => ({ get: () => 'auto' }),
    onDidGrantWorkspaceTrust(listener: () => void) {
      seen.grant = listener;
      return { dispose: () => undefined };
    },
  },
  window: {
    createOutputChannel: () => ({ info: () => undefined }),
    createWebviewPanel: () => ({
      onDidDispose: () => undefined,
      dispose: () => undefined,
      webview: {
        asWebviewUri: String,
        onDidReceiveMessage(listener: (message: unknown) => void) {
          seen.say = listener;
        },
        postMessage: async ({ message }: PageEnvelope<ToDatasetPage>) => posted.push(message),
      },
    }),
  },
}));

vi.mock('../message-process', () => ({
  MessageProcess: class {
    readonly #process = { sent: [] as object[], isClosed: false };
    constructor() {
      seen.processes.push(this.#process);
    }
    send(message: object): void {
      this.#process.sent.push(message);
    }
    close(): void {
      this.#process.isClosed = true;
    }
  },
}));

const ofPage = new EnvelopeSequence<object>();
const say = (message: object): void => seen.say(ofPage.wrap(message));

beforeEach(() => {
  seen.processes.length = 0;
  seen.commands.length = 0;
  posted.length = 0;
  seen.isTrusted = true;
  const host = {
    extensionUri: Uri.file('/extension'),
    log: window.createOutputChannel('GAN', { log: true }),
    datasets: new DatasetSummaries(),
  };
  datasetPage(host).open(window.createWebviewPanel(PANELS.dataset, 'Dataset', -1), '/mine.gan.json');
});

it('reads nothing before the workspace is trusted, and reads once it is', () => {
  seen.isTrusted = false;
  say({ type: 'ready' });
  expect(seen.processes).toEqual([]);
  expect(posted.at(-1)).toMatchObject({ type: 'failed', needsTrust: true });
  say({ type: 'trust' });
  expect(seen.commands).toEqual(['workbench.trust.manage']);
  seen.isTrusted = true;
  seen.grant();
  expect(seen.processes[0]?.sent).toEqual([{ type: 'open', experimentFile: '/mine.gan.json' }]);
});

it('ends its process when the import is cancelled, and starts another when it is asked to read again', () => {
  say({ type: 'ready' });
  say({ type: 'cancel' });
  expect(seen.processes.map(({ isClosed }) => isClosed)).toEqual([true]);
  expect(posted.at(-1)).toMatchObject({ type: 'cancelled' });
  say({ type: 'again' });
  expect(seen.processes.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(posted.at(-1)).toMatchObject({ type: 'panel' });
});

it('starts the training of its experiment', () => {
  say({ type: 'start' });
  expect(seen.commands).toEqual(['gan.startTraining']);
});
