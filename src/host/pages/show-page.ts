/**
 * Opens our pages in webview panels: each consists of a script and a style sheet in `dist/webview`, and may load
 * nothing else.
 */
import { randomBytes } from 'node:crypto';
import { env, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { PanelId } from '../registry';
import { webviewPage } from './page-html';

/** The only folder from which a webview may load files. */
function webviewRoot(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** Where a page opens; one that is open stays where it is. */
export interface PagePlacing {
  readonly preserveFocus?: boolean;
  /** In another group than the active one, so that both are visible. */
  readonly isBeside?: boolean;
}

/** Creates a panel without a page, like those that VS Code restores after a reload. */
export function createPanel(viewType: PanelId, title: string, placing: PagePlacing = {}): WebviewPanel {
  const { preserveFocus = false, isBeside = false } = placing;
  const viewColumn = isBeside ? ViewColumn.Beside : ViewColumn.Active;
  return window.createWebviewPanel(viewType, title, { viewColumn, preserveFocus });
}

/**
 * Shows a page in a panel, with our icon. To receive its first message, subscribe before calling this.
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
