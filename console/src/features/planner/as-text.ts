import type { Metric } from '@assay/server/contract';
import type { Format } from '../../lib/format.ts';
import { answerOf } from './hero.tsx';
import { isRate, type Inputs } from './inputs.ts';
import type { Outlook } from './outlook.ts';
import { parts, type PlannerWords } from './text.ts';

/** The plan for a document or a chat. */
export function planAsText(plan: {
  inputs: Inputs;
  outlook: Outlook;
  metric: Metric | undefined;
  today: number;
  name: string | undefined;
  t: PlannerWords;
  format: Format;
  liftText: (lift: number) => string;
}): string {
  const { inputs, outlook, metric, today, name, t, format, liftText } = plan;
  const answer = answerOf(outlook, { inputs, today, t, format });
  const value = isRate(inputs.kind)
    ? format.rate(inputs.value)
    : format.amount(inputs.value, metric?.unitOfMeasure);
  const lines: readonly (readonly [string, string])[] = [
    [t.measure.metric, metric?.name ?? metric?.key ?? '–'],
    [isRate(inputs.kind) ? t.measure.rate : t.measure.mean, value],
    [t.lift.title, liftText(inputs.lift)],
    [t.sure.alpha, format.percent(inputs.alpha)],
    [t.sure.power, format.percent(inputs.power)],
    [t.sure.look, inputs.look === 'any' ? t.sure.any : t.sure.once],
    [t.who.perDay, format.exact(inputs.perDay === null ? null : Math.round(inputs.perDay))],
    [t.who.groups, String(inputs.groups)],
    [t.hero.perGroup, format.exact(outlook.perGroup)],
  ];
  return [
    t.asText.title(name ?? metric?.name ?? t.untitled),
    parts(answer.sentence).join(''),
    answer.note,
    '',
    ...lines.map(([label, text]) => t.asText.line(label, text)),
  ].join('\n');
}
