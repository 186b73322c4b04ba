import type { Context, Ruleset } from '@assay/sdk';
import { explain } from '@assay/sdk/explain';
import type { Explanation } from '../contract/index.ts';
import { sentence } from '../definitions/refuse.ts';
import { unknownName } from '../definitions/suggest.ts';
import { AppError } from '../errors.ts';

/** Why a unit gets what it gets, by the SDK's own explanation; `not_found` for a flag that the ruleset has not. */
export function explained(
  ruleset: Ruleset | undefined,
  { flag, context }: { readonly flag: string; readonly context: Context },
): Explanation {
  if (ruleset === undefined || !Object.hasOwn(ruleset.flags, flag)) {
    const known = Object.keys(ruleset?.flags ?? {});
    throw new AppError('not_found', sentence(unknownName('flag', flag, known)));
  }
  // As JSON: what is undefined is left out, and nothing shared with the ruleset is handed on.
  return JSON.parse(JSON.stringify(explain(ruleset, flag, context))) as Explanation;
}
