import { spanMs } from '../contract/common.ts';
import type { MetricBody } from '../contract/definitions.ts';
import type { Finding } from '../errors.ts';
import { checkFilter } from '../definitions/condition-rules.ts';
import type { KindRules } from '../definitions/kind-rules.ts';
import { usersOfMetric } from '../definitions/uses.ts';

export const metricRules: KindRules<'metrics'> = {
  check: (body) => [...checkFilters(body), ...checkTimes(body)],
  users: usersOfMetric,
};

function checkFilters(body: MetricBody): Finding[] {
  if (body.kind === 'ratio')
    return [
      ...checkFilter(body.numerator.where, 'numerator.where'),
      ...checkFilter(body.denominator.where, 'denominator.where'),
    ];
  if (body.kind === 'funnel')
    return body.steps.flatMap((step, i) => checkFilter(step.where, `steps.${i}.where`));
  return checkFilter(body.where, 'where');
}

function checkTimes(body: MetricBody): Finding[] {
  if (body.kind === 'retention') return checkRetention(body);
  if (body.kind === 'funnel') return checkFunnel(body);
  return [];
}

type Of<K extends MetricBody['kind']> = Extract<MetricBody, { kind: K }>;

function checkRetention(body: Of<'retention'>): Finding[] {
  const idle = (['window', 'delay'] as const)
    .filter((name) => body[name] !== undefined)
    .map((name) => ({
      path: name,
      message: `${name} is not read for retention: fromDay and toDay say when`,
    }));
  if (body.toDay > body.fromDay) return idle;
  const message = `is ${body.toDay}, must be more than fromDay, which is ${body.fromDay}`;
  return [...idle, { path: 'toDay', message }];
}

/** A step that may take longer than the whole window could never use its time. */
function checkFunnel(body: Of<'funnel'>): Finding[] {
  if (body.window === undefined) return [];
  const window = spanMs(body.window);
  return body.steps.flatMap(({ within }, i) =>
    within === undefined || spanMs(within) <= window
      ? []
      : [
          {
            path: `steps.${i}.within`,
            message: `is ${spanMs(within) / 3_600_000} hours, must be at most the window of ${window / 3_600_000} hours`,
          },
        ],
  );
}
