import { count } from '../../lib/i18n.ts';

const b = (text: string) => `\uE000${text}\uE001`;
const weeks = (n: number) => count(n, 'week');
const days = (n: number) => count(n, 'day');

export const planner = {
  title: 'Planner',
  heading: 'How long must it run?',
  untitled: 'Plan',
  savedInLink: 'Saved in the link',
  copyLink: 'Copy link',
  copyText: 'Copy as text',
  create: 'Create experiment with this plan',
  inputs: 'Inputs',
  measure: {
    title: 'What you will measure',
    metric: 'Primary metric',
    manual: 'Without a metric: a rate',
    manualMean: 'Without a metric: a mean',
    rate: 'Rate today',
    mean: 'Mean today',
    sd: 'Standard deviation',
    ratio: 'Ratio today',
    lastDays: 'last 28 d',
    measured: 'measured',
    useMeasured: 'Use the measured value',
    from: (error: string, units: string) => `±${error} from ${units} users.`,
    fromMean: (units: string) => `From ${units} users.`,
    unknown: 'No events of this metric yet: type what you expect.',
    waiting: 'Measuring…',
    mature: 'Days until an outcome is known',
    matureNote: (n: number) => `Results lag enrolment by ${days(n)}.`,
    cuped: (share: string) => `CUPED: ${share} less variance`,
  },
  who: {
    title: 'Who takes part',
    perDay: 'New eligible users per day',
    slows: (n: number, units: string, straight: string) =>
      `Slows as people return: ${days(n)} reach ${units}, not ${straight}.`,
    straight: 'Taken as steady; measured traffic bends as people return.',
    groups: 'Groups',
    use: 'Traffic used',
    growth: 'New users by day over the last 28 days',
  },
  lift: {
    title: 'Smallest lift worth finding',
    slider: 'Smallest lift',
    exact: 'Exactly',
    fromTo: (from: string, to: string) => `${from} → ${to}`,
    tooLarge: (most: string) => `From this rate the largest possible lift is ${most}.`,
  },
  sure: {
    title: 'How sure you need to be',
    alpha: 'False alarms',
    power: 'Chance to find it',
    look: 'When you will look',
    once: 'Once, at the end',
    any: 'Any day',
    onceNote: 'Looking earlier, and stopping when it looks good, would break the promise.',
    anyNote: (factor: string) =>
      `Looks on the way are paid for in advance: ${factor} times the users of a single look. A clear effect ends the test sooner.`,
  },
  hero: {
    kicker: (lift: string) => `To find a lift of ${lift} or more`,
    kickerDown: (lift: string) => `To find a fall of ${lift} or more`,
    run: (n: number, date: string) => `Run ${b(weeks(n))}, and read on ${b(date)}.`,
    runAny: (n: number, date: string) =>
      `Run up to ${b(weeks(n))}, until ${b(date)}; stop when it is clear.`,
    never: `This traffic ${b('never')} gets there.`,
    neverNote: 'Choose a larger lift, more traffic, fewer groups, or a metric with less noise.',
    unknown: (n: string) => `You need ${b(n)} users per group.`,
    missing: 'Say what the metric is today.',
    missingNote: 'Type its value on the left, or log events of it: then it is measured here.',
    unknownNote: 'Say how many users arrive per day, and the plan says how long.',
    enrol: (n: number, mature: number) =>
      mature === 0
        ? `${days(n)} of enrolment. Whole weeks, so every weekday counts equally.`
        : `${days(n)} of enrolment plus ${mature} for the last outcomes to mature. Whole weeks in all, so every weekday counts equally.`,
    perGroup: 'Users per group',
    get: 'You will get',
    power: (lift: string) => `Power at ${lift}`,
    total: 'Together',
  },
  mde: {
    title: 'What you can detect, and when',
    axis: 'Axis',
    byDay: 'By day',
    byUnits: 'By users',
    label: (lift: string) => `Smallest detectable lift by day of enrolment; planned ${lift}`,
    once: 'look once, at the end',
    any: 'look any day until the end',
    open: 'any day, no planned end',
    enrol: (n: number) => `Enrol ${days(n)}`,
    mature: (n: number) => `Mature ${days(n)}`,
    cross: (lift: string, day: number) => `${lift} detectable from day ${day}`,
    none: 'Say how many users arrive per day to see when a lift becomes visible.',
    weekend: 'weekend',
    columns: { day: 'Day', units: 'Users' },
  },
  power: {
    title: 'Power curve',
    note: 'chance of a significant result',
    label: (lift: string, power: string) => `Power by true lift; at ${lift} it is ${power}`,
    axis: 'true lift',
    columns: { lift: 'True lift', power: 'Power' },
  },
  settings: {
    title: 'What the settings mean',
    label: 'Sampling distributions with and without an effect',
    none: 'no effect',
    real: (lift: string) => `true lift ${lift}`,
    win: 'call it a win →',
    falseAlarm: (share: string) => `false alarm ${share}`,
    missed: (share: string) => `missed win ${share}`,
    found: (share: string) => `found ${share}`,
    at: (units: string) => `At ${units} users per group.`,
    columns: { world: 'If in truth', called: 'Called significant' },
  },
  grid: {
    title: 'Trade-offs',
    note: (mature: number) =>
      mature === 0
        ? 'whole weeks · pick a cell to adopt it'
        : `whole weeks incl. ${days(mature)} to mature · pick a cell to adopt it`,
    corner: 'Smallest lift worth finding',
    groups: (n: number) => `${n} groups`,
    half: '2 groups, half traffic',
    weeks: (n: number) => `${n} wk`,
    over: (n: number) => `>${n} wk`,
    never: 'never',
    cell: (lift: string, column: string, outcome: string) => `${lift}, ${column}: ${outcome}`,
    none: 'Say how many users arrive per day to compare durations.',
  },
  notes: {
    long: {
      title: 'Longer than eight weeks.',
      text: 'Cookies are lost and seasons turn. Prefer a larger lift or more traffic.',
    },
    groups: {
      title: 'False alarms are shared out.',
      text: 'With several groups each comparison with the control gets its part, so that all together stay within the limit.',
    },
    matured: {
      title: 'Measured on matured users.',
      text: 'The baseline counts only users whose outcome is known.',
    },
    few: {
      title: 'Little data behind the baseline.',
      text: 'Take the plan as a first guess and look again when more events are in.',
    },
    fine: {
      title: 'Within eight weeks.',
      text: 'Whole weeks, and short enough that few people lose their cookie on the way.',
    },
    control: {
      title: 'The plan is a promise.',
      text: 'Create the experiment with it and it is locked at start, with metric, lift, sample and rule.',
    },
  },
  asText: {
    title: (name: string) => `Plan: ${name}`,
    line: (name: string, value: string) => `- ${name}: ${value}`,
  },
};
