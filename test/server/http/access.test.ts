import { denial, includesRole } from '@assay/server/http/access';
import { describe, expect, it } from 'vitest';

const roles = ['viewer', 'analyst', 'editor', 'admin'] as const;
const actor = (role: (typeof roles)[number] | null) => ({
  kind: 'user' as const,
  id: 'u',
  name: 'u',
  role,
});

describe('access', () => {
  it.each(roles.flatMap((mine, i) => roles.map((needed, j) => ({ mine, needed, may: i >= j }))))(
    '$mine may do what needs $needed: $may',
    ({ mine, needed, may }) => {
      expect(includesRole(mine, needed)).toBe(may);
      expect(denial(needed, actor(mine))?.code).toBe(may ? undefined : 'forbidden');
    },
  );

  it('lets anybody in where access is public, and nobody without a role elsewhere', () => {
    expect(denial('public', actor(null))).toBeUndefined();
    expect(denial('viewer', actor(null))?.code).toBe('unauthenticated');
    expect(denial('editor', actor('viewer'))?.message).toBe(
      'This needs the role editor; yours is viewer.',
    );
  });
});
