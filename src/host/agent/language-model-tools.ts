/** Offers the tools for assistants to the language models of the editor, as package.json declares them. */
import { createRequire } from 'node:module';
import * as vscode from 'vscode';
import type { Outcome } from '../../agent/call-tool';
import { AGENT_TOOL_NAMES, type AgentToolName, TOOL_PREFIX } from '../../shared/agent-tools';
import type { Host } from '../host';
import { translated } from '../localized-texts';
import type { AgentService } from './agent-service';

type ToolHost = Pick<Host, 'training' | 'extensionUri' | 'closing'>;

export function registerLanguageModelTools(host: ToolHost): vscode.Disposable[] {
  let loaded: AgentService | undefined;
  const service = (): AgentService => {
    const file = vscode.Uri.joinPath(host.extensionUri, 'dist', 'agent-service.cjs').fsPath;
    loaded ??= createRequire(import.meta.url)(file);
    if (loaded === undefined) throw new Error(`${file} is empty`);
    return loaded;
  };
  return AGENT_TOOL_NAMES.map((name) =>
    vscode.lm.registerTool(TOOL_PREFIX + name, toolOf(host, name, service)),
  );
}

function toolOf(
  host: ToolHost,
  name: AgentToolName,
  service: () => AgentService,
): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation({ input }) {
      const question = vscode.workspace.isTrusted ? service().confirmation(name, input) : undefined;
      return question === undefined
        ? {}
        : { confirmationMessages: { title: vscode.l10n.t('GAN Workbench'), message: translated(question) } };
    },
    async invoke({ input }, token) {
      if (!vscode.workspace.isTrusted)
        return textResult(
          vscode.l10n.t(
            'This workspace is not trusted. Ask the user to trust it; until then, nothing is read or trained.',
          ),
        );
      const cancelling = new AbortController();
      const subscription = token.onCancellationRequested(() => cancelling.abort());
      try {
        const { editorTrainer } = await import('./editor-trainer');
        const outcome = await service().call({
          name,
          input,
          trainer: editorTrainer(host),
          signal: cancelling.signal,
          roots: (vscode.workspace.workspaceFolders ?? []).map((folder) => ({
            name: folder.name,
            path: folder.uri.fsPath,
          })),
        });
        return resultOf(outcome);
      } finally {
        subscription.dispose();
      }
    },
  };
}

function textResult(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

function resultOf(outcome: Outcome): vscode.LanguageModelToolResult {
  if ('refusal' in outcome) return textResult(outcome.refusal);
  const { value, picture } = outcome.answer;
  const result = textResult(JSON.stringify(value));
  if (picture !== undefined) result.content.push(...picturePart(picture.png));
  return result;
}

/** Editors before July 2025 have no parts with pictures; the model then has only the text. */
function picturePart(png: Uint8Array): unknown[] {
  const part: unknown = Reflect.get(vscode, 'LanguageModelDataPart');
  if (typeof part !== 'function' || !('image' in part) || typeof part.image !== 'function') return [];
  return [part.image(png, 'image/png')];
}
