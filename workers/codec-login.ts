/** The codec server's log-in: a page that takes a token and a cookie that carries it, for the Temporal UI. */

export const CODEC_COOKIE = 'anjie_codec';

/**
 * The cookie that carries a token until it expires. SameSite=Strict keeps other sites from decoding in the person's name;
 * the Temporal UI is the same site as long as both are opened under the same host name.
 */
export function sessionCookie(token: string, expiresAt: number, now: number = Date.now()): string {
  const seconds = Math.max(0, Math.floor((expiresAt - now) / 1000));
  return `${CODEC_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}`;
}

export function clearCookie(): string {
  return `${CODEC_COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;
}

/** The token in a Cookie header, or null. */
export function readCookie(header: string | undefined): string | null {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === CODEC_COOKIE && value) return value;
  }
  return null;
}

export function loginPage(notice?: { readonly ok: boolean; readonly text: string }): string {
  const message = notice ? `<p class="${notice.ok ? 'ok' : 'bad'}" role="status">${escapeHtml(notice.text)}</p>` : '';
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>安结 载荷解读登录</title>
<style>body{font:16px/1.6 sans-serif;max-width:34em;margin:4em auto;padding:0 1em}textarea{width:100%;height:8em;box-sizing:border-box}
button{font:inherit;padding:.4em 1.4em;margin-top:.6em}.ok{color:#126b2e}.bad{color:#a11}</style></head>
<body>
<h1>安结 载荷解读登录</h1>
<p>登录后，Temporal 界面可显示流程载荷的原文。每次解读均记入审计日志。</p>
${message}
<form method="post" action="/login">
<label for="token">访问令牌</label>
<textarea id="token" name="token" required autocomplete="off" spellcheck="false"></textarea>
<button type="submit">登录</button>
</form>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
