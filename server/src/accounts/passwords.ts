import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../errors.ts';

// argon2id is the library's default kind. 64 MiB, 3 passes, one lane; about 50 ms.
const parameters = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };
const current = '$argon2id$v=19$m=65536,t=3,p=1$';
const concurrent = 2;
const waitingRoom = 20;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** With no stored hash it takes the same time and says no. */
  verify(stored: string | undefined, password: string): Promise<boolean>;
}

/** argon2id, at most two at a time: each takes 64 MiB and a core. Past 20 waiting, `rate_limited`. */
export function createPasswords(): Passwords {
  const inTurn = turnstile();
  const decoy = hash('nobody has this password', parameters);
  return {
    hash: (password) => inTurn(() => hash(password, parameters)),
    verify: (stored, password) =>
      inTurn(async () => {
        const holds = await verify(stored ?? (await decoy), password);
        return holds && stored !== undefined;
      }),
  };
}

export function isOutdated(stored: string): boolean {
  return !stored.startsWith(current);
}

function turnstile(): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= concurrent) {
      if (waiting.length >= waitingRoom)
        throw new AppError('rate_limited', 'Too many sign-ins at once.', { retryAfterSeconds: 2 });
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    } else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
