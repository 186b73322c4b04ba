export type SnippetInput = { url: string; key: string; flag: string; fallback: string };

export const install = 'npm install @assay/sdk';

/** A page: one flag, one event. `fallback` is a literal of the flag's type. */
export function browserSnippet({ url, key, flag, fallback }: SnippetInput): string {
  return `import { createClient } from '@assay/sdk/browser';

const assay = createClient({
  url: '${url}',
  key: '${key}',
  unit: { userId: 'u1' },          // whoever is signed in
  attributes: { country: 'CN' },   // what rules may ask for
});
await assay.ready();

const value = assay.get('${flag}', ${fallback});
assay.track('page_seen', { properties: { page: 'home' } });`;
}

/** A server: a scope for each request. */
export function nodeSnippet({ url, key, flag, fallback }: SnippetInput): string {
  return `import { createClient } from '@assay/sdk/node';

const assay = createClient({
  url: '${url}',
  key: '${key}',
});
await assay.ready();

const user = assay.forUser({ userId: 'u1' }, { country: 'CN' });
const value = user.get('${flag}', ${fallback});
user.track('order_paid', { value: 251, properties: { currency: 'CNY' } });
await assay.flush();`;
}

/** No SDK: one event by hand. The id makes a repeat count once. */
export function curlSnippet({ url, key }: SnippetInput): string {
  return `curl -X POST '${url}/sdk/v1/events' \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{"sentAt": '$(date +%s000)', "events": [{
    "id": "'$(cat /proc/sys/kernel/random/uuid || uuidgen)'", "type": "track",
    "at": '$(date +%s000)', "unit": "u1", "name": "hello_from_curl"
  }]}'`;
}
