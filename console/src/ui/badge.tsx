import type { ReactNode } from 'react';
import { classes } from './classes.ts';

export type Tone = 'quiet' | 'ok' | 'win' | 'lose' | 'warn' | 'accent';
const tones: Record<Tone, string> = {
  quiet: 'bg-neubg text-ink2',
  ok: 'bg-okbg text-ok',
  win: 'bg-winbg text-win',
  lose: 'bg-losebg text-lose',
  warn: 'bg-warnbg text-warn',
  accent: 'bg-accentbg text-accent',
};

/** A pill with a word: status, mark, count. */
export function Badge({ tone = 'quiet', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={classes(
        'inline-flex h-[21px] items-center gap-[5px] rounded-[11px] px-2 text-note font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}

const letters = ['A', 'B', 'C', 'D'] as const;
const letterTones = ['bg-va', 'bg-vb', 'bg-vc', 'bg-vd'] as const;

/** The letter of the variant at this position, in its colour; from the fifth on the grey of A. */
export function VariantBadge({ index, children }: { index: number; children?: ReactNode }) {
  const letter = letters[index] ?? String.fromCodePoint(65 + (index % 26));
  return (
    <span className="inline-flex items-center gap-1.5 font-medium">
      <span
        className={classes(
          'inline-block size-4 rounded-small text-center text-[10px] leading-4 font-semibold text-surface',
          letterTones[index] ?? 'bg-va',
        )}
      >
        {letter}
      </span>
      {children}
    </span>
  );
}

const avatarTones = ['bg-[#7a5ae0]', 'bg-[#0c7f82]', 'bg-[#b9347f]', 'bg-[#8a5a00]'] as const;

/** Initials of a person or team, in a colour that follows from the name. */
export function Avatar({ name }: { name: string }) {
  const sum = Array.from(name).reduce((total, c) => total + (c.codePointAt(0) ?? 0), 0);
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      className={classes(
        'inline-grid size-5 flex-none place-items-center rounded-full text-[9.5px] font-semibold text-[#fff]',
        avatarTones[sum % avatarTones.length],
      )}
    >
      <span aria-hidden="true">{initials(name)}</span>
    </span>
  );
}

function initials(name: string): string {
  const words = (name.split('@')[0] ?? '').split(/[\s._-]+/).filter((word) => word !== '');
  if (words.length > 1)
    return words
      .slice(0, 2)
      .map((word) => Array.from(word)[0]?.toUpperCase() ?? '')
      .join('');
  return Array.from(words[0] ?? '?')
    .slice(0, 2)
    .join('')
    .toUpperCase();
}
