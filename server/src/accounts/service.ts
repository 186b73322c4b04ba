import { cookieForm, type CookieForm } from './cookie.ts';
import type { AccountDeps } from './deps.ts';
import { createIdentify, type Identify } from './identify.ts';
import { createSdkKeys, type SdkKeys } from './sdk-keys.ts';
import { createSetup, type Setup } from './setup.ts';
import { createPasswordCheck, type CheckPassword } from './sign-in.ts';
import { addUser } from './users.ts';

export interface AccountSettings {
  /** The address that people use; https makes cookies `Secure`. */
  readonly url: string;
  readonly adminEmail: string | undefined;
  readonly adminPassword: string | undefined;
  readonly adminToken: string | undefined;
}
export interface Accounts {
  readonly deps: AccountDeps;
  readonly cookie: CookieForm;
  readonly setup: Setup;
  readonly checkPassword: CheckPassword;
  readonly identify: Identify;
  readonly sdkKeys: SdkKeys;
  /** Writes down when tokens and keys were last used; called now and then, and at the end. */
  flush(): Promise<void>;
}

/** People, tokens and keys of one server. Makes the admin of the settings when nobody has an account yet. */
export async function createAccounts(
  deps: AccountDeps,
  { url, adminEmail, adminPassword, adminToken }: AccountSettings,
): Promise<Accounts> {
  if (adminEmail !== undefined && adminPassword !== undefined)
    if ((await deps.store.users()).length === 0)
      await addUser(
        deps,
        { email: adminEmail, name: '', role: 'admin', password: adminPassword },
        { author: 'settings', requestId: 'start' },
        true,
      );
  const usedTokens = new Map<string, number>();
  const cookie = cookieForm(url);
  const sdkKeys = await createSdkKeys(deps);
  return {
    deps,
    cookie,
    setup: await createSetup(deps),
    checkPassword: createPasswordCheck(deps),
    identify: createIdentify(deps, cookie, adminToken, (id) => usedTokens.set(id, deps.clock())),
    sdkKeys,
    async flush() {
      const used = new Map(usedTokens);
      usedTokens.clear();
      if (used.size > 0) await deps.store.touchTokens(used);
      await sdkKeys.flush();
    },
  };
}
