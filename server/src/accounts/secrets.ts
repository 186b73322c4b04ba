import { createHash, timingSafeEqual } from 'node:crypto';
import type { Random } from '../http/handler.ts';

/** ak: API token; ck and sk: client and server SDK keys. */
export type Prefix = 'ak' | 'ck' | 'sk';
const selectorBytes = 6;
const secretBytes = 32;
const form = /^(ak|ck|sk)_([\w-]{8})([\w-]{43})$/;

export interface MadeSecret {
  /** The whole key, for its owner alone. */
  readonly text: string;
  readonly selector: string;
  readonly hash: Uint8Array;
}

/** A new key: prefix, selector (8 characters, finds it) and secret (256 random bits; so SHA-256 is enough to store it by). */
export function makeSecret(prefix: Prefix, random: Random): MadeSecret {
  const selector = base64url(random(selectorBytes));
  const secret = base64url(random(secretBytes));
  return { text: `${prefix}_${selector}${secret}`, selector, hash: sha256(secret) };
}

/** The parts of a key as sent, or undefined when it cannot be one of ours. */
export function readSecret(
  text: string,
): { prefix: Prefix; selector: string; hash: Uint8Array } | undefined {
  const [, prefix, selector, secret] = form.exec(text) ?? [];
  if (prefix === undefined || selector === undefined || secret === undefined) return undefined;
  return { prefix: prefix as Prefix, selector, hash: sha256(secret) };
}

/** In a time that tells nothing about where they differ. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

export function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** @example newId('usr', random) // 'usr_3q2-7wAAAAAA' */
export function newId(kind: 'usr' | 'tok' | 'key', random: Random): string {
  return `${kind}_${base64url(random(9))}`;
}
