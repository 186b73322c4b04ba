import type { SdkKey } from '../contract/accounts.ts';
import { AppError } from '../errors.ts';
import { iso, isoOrNull, noteOf, type AccountDeps, type By } from './deps.ts';
import type { StoredSdkKey } from './port.ts';
import { makeSecret, newId, readSecret, sameHash } from './secrets.ts';

export interface KeyIdentity {
  readonly environment: string;
  readonly kind: 'client' | 'server';
}
export interface SdkKeys {
  /** Whose key this is; undefined when it is none of ours or revoked. In memory: a few microseconds, for every data-plane call. */
  authenticate(text: string): KeyIdentity | undefined;
  make(
    given: KeyIdentity & { readonly name: string },
    by: By,
  ): Promise<{ text: string; key: SdkKey }>;
  revoke(id: string, by: By): Promise<void>;
  list(): Promise<SdkKey[]>;
  /** Writes down when keys were last used. */
  flush(): Promise<void>;
}

/** SDK keys, all held in memory; a revocation works from the next call on. */
export async function createSdkKeys(deps: AccountDeps): Promise<SdkKeys> {
  const { store, clock, random } = deps;
  const bySelector = new Map((await store.sdkKeys()).map((key) => [key.selector, key]));
  const used = new Map<string, number>();
  return {
    authenticate(text) {
      const sent = readSecret(text);
      const key = sent && bySelector.get(sent.selector);
      if (sent === undefined || key === undefined || !sameHash(key.hash, sent.hash))
        return undefined;
      if (sent.prefix !== prefixOf(key.kind)) return undefined;
      used.set(key.id, clock());
      return key;
    },
    async make({ environment, kind, name }, by) {
      const { text, selector, hash } = makeSecret(prefixOf(kind), random);
      const id = newId('key', random);
      const at = clock();
      const whole = { id, name, environment, kind, selector, hash, createdAt: at, usedAt: null };
      const key = { ...whole, createdBy: by.author };
      const after = { name, environment, kind };
      await store.addSdkKey(
        key,
        noteOf(by, at, { action: 'create', kind: 'sdk-keys', key: id, after }),
      );
      bySelector.set(selector, key);
      return { text, key: sdkKeyOf(key, null) };
    },
    async revoke(id, by) {
      const note = noteOf(by, clock(), { action: 'revoke', kind: 'sdk-keys', key: id });
      const removed = await store.removeSdkKey(id, note);
      for (const [selector, key] of bySelector) if (key.id === id) bySelector.delete(selector);
      if (!removed) throw new AppError('not_found', `No SDK key ${JSON.stringify(id)}.`);
    },
    list: async () =>
      (await store.sdkKeys()).map((key) => sdkKeyOf(key, used.get(key.id) ?? key.usedAt)),
    async flush() {
      const seen = new Map(used);
      used.clear();
      if (seen.size > 0) await store.touchSdkKeys(seen);
    },
  };
}

function prefixOf(kind: KeyIdentity['kind']): 'ck' | 'sk' {
  return kind === 'client' ? 'ck' : 'sk';
}

function sdkKeyOf(key: StoredSdkKey, usedAt: number | null): SdkKey {
  return {
    id: key.id,
    name: key.name,
    environment: key.environment,
    kind: key.kind,
    prefix: `${prefixOf(key.kind)}_${key.selector}`,
    createdAt: iso(key.createdAt),
    createdBy: key.createdBy,
    lastUsedAt: isoOrNull(usedAt),
  };
}
