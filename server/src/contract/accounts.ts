import { z } from 'zod';
import { key, label, role, time } from './common.ts';

const email = z.email().max(254);
const password = z
  .string()
  .min(12, { error: 'a password has at least 12 characters' })
  .max(256, { error: 'a password has at most 256 characters' });

export const user = z
  .object({
    id: z.string(),
    email,
    name: z.string(),
    role,
    active: z.boolean(),
    createdAt: time,
    lastSeenAt: time.nullable(),
  })
  .meta({ id: 'User' });
export const me = z
  .object({
    kind: z.enum(['user', 'token']),
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role,
  })
  .meta({ id: 'Me' });
export const setupState = z.object({ needed: z.boolean() });
export const setupBody = z.strictObject({
  token: z.string().max(200),
  email,
  name: label.default(''),
  password,
});
export const signInBody = z.strictObject({
  email: z.string().max(254),
  password: z.string().max(256),
});
export const userBody = z.strictObject({ email, name: label.default(''), role, password });
export const userChange = z.strictObject({
  name: label.optional(),
  role: role.optional(),
  active: z.boolean().optional(),
  password: password.optional(),
});
export const passwordChange = z.strictObject({ current: z.string().max(256), next: password });

export const token = z
  .object({
    id: z.string(),
    name: z.string(),
    role,
    prefix: z.string(),
    createdAt: time,
    createdBy: z.string(),
    expiresAt: time.nullable(),
    lastUsedAt: time.nullable(),
  })
  .meta({ id: 'Token' });
export const tokenBody = z.strictObject({ name: label.min(1), role, expiresAt: time.optional() });
export const tokenMade = z.object({
  ...token.shape,
  token: z.string().meta({ description: 'Shown this once.' }),
});

export const sdkKey = z
  .object({
    id: z.string(),
    name: z.string(),
    environment: key,
    kind: z.enum(['client', 'server']),
    prefix: z.string(),
    createdAt: time,
    createdBy: z.string(),
    lastUsedAt: time.nullable(),
  })
  .meta({ id: 'SdkKey' });
export const sdkKeyBody = z.strictObject({
  environment: key,
  kind: z.enum(['client', 'server']),
  name: label.default(''),
});
export const sdkKeyMade = z.object({
  ...sdkKey.shape,
  key: z.string().meta({ description: 'Shown this once.' }),
});

export type User = z.output<typeof user>;
export type Me = z.output<typeof me>;
export type Token = z.output<typeof token>;
export type SdkKey = z.output<typeof sdkKey>;
