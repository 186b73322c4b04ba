import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { IdGenerator, type Pickle, type PickleStep } from '@cucumber/messages';

/** All scenarios of a feature, one for each row of all its tables of examples. */
export function scenariosOf(feature: string, uri: string): readonly Pickle[] {
  const newId = IdGenerator.incrementing();
  const parser = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher());
  return compile(parser.parse(feature), uri, newId);
}

/** The step's table as rows of texts, empty where it has none. */
export function rowsOf({ argument }: PickleStep): string[][] {
  return (argument?.dataTable?.rows ?? []).map(({ cells }) => cells.map(({ value }) => value));
}

export type Step<World> = readonly [
  text: RegExp,
  run: (world: World, groups: readonly string[], rows: readonly string[][]) => unknown,
];

/** Runs a scenario's steps in order; one that nothing defines, or two do, is a failure. */
export async function play<World>(
  { steps }: Pickle,
  definitions: readonly Step<World>[],
  world: World,
): Promise<void> {
  for (const step of steps) {
    const found = definitions.filter(([text]) => text.test(step.text));
    const [definition] = found;
    if (definition === undefined || found.length > 1)
      throw new Error(`${found.length} definitions of the step "${step.text}"`);
    const [text, run] = definition;
    const [, ...groups] = text.exec(step.text) ?? [];
    await run(world, groups, rowsOf(step));
  }
}
