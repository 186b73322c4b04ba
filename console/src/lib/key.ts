/** The key that a name suggests: "One-page checkout" is `one-page-checkout`; a name without Latin letters gives none. */
export function keyOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f']/g, '')
    .replaceAll(/[^a-z0-9._]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|[-._]+$/g, '')
    .slice(0, 100);
}

export function isKey(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,99}$/.test(text);
}
