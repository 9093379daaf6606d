import { Refusal } from './refusal';

/** Members of expContent (字段扩展). Throws Refusal when it is no JSON. */
export function extensionOf(text: string | undefined): Record<string, unknown> {
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    throw new Refusal('[报文校验]字段扩展[expContent]不是合法的JSON');
  }
}
