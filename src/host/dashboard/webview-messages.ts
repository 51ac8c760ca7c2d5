/** Checks what a webview sends before the host acts on it. */
import { z } from 'zod';
import { type CurveView, type WebviewMessage, X_AXES } from '../../shared/dashboard-protocol';
import { CONTROL_REQUESTS } from '../../shared/run-format';

/** No screen has more columns of pixels. */
const MOST_BUCKETS = 16_384;

const view: z.ZodType<CurveView> = z.object({
  xAxis: z.enum(X_AXES),
  from: z.number().exactOptional(),
  to: z.number().exactOptional(),
  maxBuckets: z.int().min(2).max(MOST_BUCKETS),
});

const message: z.ZodType<WebviewMessage> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), view }),
  z.object({ type: z.literal('view'), view }),
  z.object({ type: z.literal('sample'), step: z.int().min(0) }),
  z.object({ type: z.literal('control'), request: z.enum(CONTROL_REQUESTS) }),
  z.object({ type: z.literal('openConfig') }),
]);

/** Throws `z.ZodError` for anything that is not a message of the protocol. */
export function parseWebviewMessage(value: unknown): WebviewMessage {
  return message.parse(value);
}

const state = z.object({ folder: z.string() });

/** The run folder that a restored webview had kept; undefined where it had not got that far. */
export function folderInState(value: unknown): string | undefined {
  return state.safeParse(value).data?.folder;
}
