/** Opens our pages in webview panels: each is a script and a style sheet of `dist/webview`, and may load nothing else. */
import { randomBytes } from 'node:crypto';
import { env, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { PANELS } from '../../shared/contributions';
import { webviewPage } from './page-html';

/** The one folder from which a webview may load files. */
function webviewRoot(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** A panel without a page yet, as VS Code gives one back after a reload. */
export function createPanel(
  viewType: (typeof PANELS)[keyof typeof PANELS],
  title: string,
  preserveFocus = false,
): WebviewPanel {
  return window.createWebviewPanel(viewType, title, { viewColumn: ViewColumn.Active, preserveFocus });
}

/**
 * Shows a page in a panel, under our sign. Whoever wants to hear its first message listens before.
 *
 * @param page `bundle`: name of its script and its style sheet, without extension; `title` for screen readers
 */
export function showPage(
  panel: WebviewPanel,
  extensionUri: Uri,
  { bundle, title }: { readonly bundle: string; readonly title: string },
): void {
  const { webview } = panel;
  panel.iconPath = {
    dark: Uri.joinPath(extensionUri, 'media', 'activity.svg'),
    light: Uri.joinPath(extensionUri, 'media', 'activity-light.svg'),
  };
  const root = webviewRoot(extensionUri);
  const address = (file: string): string => webview.asWebviewUri(Uri.joinPath(root, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  webview.html = webviewPage({
    cspSource: webview.cspSource,
    title,
    nonce: randomBytes(16).toString('base64url'),
    script: address(`${bundle}.js`),
    style: address(`${bundle}.css`),
    icons: address('codicons.css'),
    language: env.language,
    texts: l10n.bundle ?? {},
  });
}
