/** How the session cookie is named and guarded: `__Host-` and Secure exist on https only, so http on localhost goes without. */
export interface CookieForm {
  readonly name: string;
  readonly secure: boolean;
}

export function cookieForm(url: string): CookieForm {
  const secure = url.startsWith('https:');
  return { name: secure ? '__Host-sid' : 'sid', secure };
}

/** A Set-Cookie value; `maxAgeSeconds` 0 removes it. */
export function setCookie(form: CookieForm, value: string, maxAgeSeconds: number): string {
  const guard = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`;
  return `${form.name}=${value}; ${guard}${form.secure ? '; Secure' : ''}`;
}

/** The value of one cookie, always a string as it came: nothing is decoded, so nothing can become an object. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const split = part.indexOf('=');
    if (split > 0 && part.slice(0, split).trim() === name) return part.slice(split + 1).trim();
  }
  return undefined;
}
