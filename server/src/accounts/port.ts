import type { Role } from '../contract/common.ts';

/** All times are ms since the epoch. */
export interface StoredUser {
  readonly id: string;
  /** Lower case. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly active: boolean;
  /** argon2id, in its own notation. */
  readonly password: string;
  readonly createdAt: number;
  readonly seenAt: number | null;
}
export interface StoredSession {
  /** SHA-256 of the id that the cookie holds. */
  readonly hash: Uint8Array;
  readonly userId: string;
  readonly createdAt: number;
  readonly seenAt: number;
}
/** What a random key is stored as: the selector finds it, the hash (SHA-256 of the secret) proves it. */
interface StoredSecret {
  readonly id: string;
  readonly name: string;
  readonly selector: string;
  readonly hash: Uint8Array;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly usedAt: number | null;
}
export interface StoredToken extends StoredSecret {
  readonly role: Role;
  readonly expiresAt: number | null;
}
export interface StoredSdkKey extends StoredSecret {
  readonly environment: string;
  readonly kind: 'client' | 'server';
}

/** What history keeps of a change; written in the same transaction. Never holds a secret or a hash. */
export interface Note {
  readonly at: number;
  readonly author: string;
  readonly requestId: string;
  readonly action: string;
  readonly kind: 'users' | 'sessions' | 'tokens' | 'sdk-keys';
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface AccountStore {
  users(): Promise<readonly StoredUser[]>;
  user(id: string): Promise<StoredUser | undefined>;
  userByEmail(email: string): Promise<StoredUser | undefined>;
  /** `taken`: that e-mail has an account. `notFirst`: `onlyFirst` was asked, and somebody is there already. */
  addUser(user: StoredUser, note: Note, onlyFirst: boolean): Promise<'done' | 'taken' | 'notFirst'>;
  /** `lastAdmin`: nothing was changed, for no active admin would remain. `endSessions` signs the user out everywhere. */
  saveUser(user: StoredUser, note: Note, endSessions: boolean): Promise<'done' | 'lastAdmin'>;
  /** The new hash of a password whose parameters were outdated. */
  rehash(userId: string, password: string): Promise<void>;

  addSession(session: StoredSession, note: Note): Promise<void>;
  session(hash: Uint8Array): Promise<{ session: StoredSession; user: StoredUser } | undefined>;
  touchSession(hash: Uint8Array, at: number): Promise<void>;
  endSession(hash: Uint8Array): Promise<void>;
  /** Forgets sessions begun before `createdBefore` or idle since `seenBefore`. */
  sweepSessions(createdBefore: number, seenBefore: number): Promise<void>;

  tokens(): Promise<readonly StoredToken[]>;
  tokenBySelector(selector: string): Promise<StoredToken | undefined>;
  addToken(token: StoredToken, note: Note): Promise<void>;
  /** False when there is none. */
  removeToken(id: string, note: Note): Promise<boolean>;
  touchTokens(used: ReadonlyMap<string, number>): Promise<void>;

  sdkKeys(): Promise<readonly StoredSdkKey[]>;
  addSdkKey(key: StoredSdkKey, note: Note): Promise<void>;
  removeSdkKey(id: string, note: Note): Promise<boolean>;
  touchSdkKeys(used: ReadonlyMap<string, number>): Promise<void>;
}
