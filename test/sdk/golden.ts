import { readFileSync } from 'node:fs';

export type Split = readonly (readonly [variant: string, weight: number])[];
export type Golden = {
  readonly hash: readonly { text: string; hash: number }[];
  readonly split: readonly { salt: string; unit: string; split: Split; variant: string }[];
  readonly coverage: readonly { salt: string; unit: string; coverage: number; enrolled: boolean }[];
  readonly layer: readonly { salt: string; unit: string; slot: number }[];
  readonly holdout: readonly { salt: string; unit: string; share: number; heldOut: boolean }[];
};

/** The vectors of assignment; an import would fail on their lone surrogates. */
export const golden = JSON.parse(
  readFileSync(new URL('../golden/assignment.json', import.meta.url), 'utf8'),
) as Golden;
