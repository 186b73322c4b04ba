/** What may be said of a verdict. `b` marks the figures that stand out; variants come as letters, metrics as names. */
export const verdict = {
  b: (text: string) => `\uE000${text}\uE001`,
  headline: {
    ship: (variant: string) => `Ready to ship ${variant}.`,
    rollback: (variant: string) => `Roll back ${variant}.`,
    rollbackAll: 'Roll back: no variant is fit to ship.',
    noPrimary: 'Nothing decides this test yet.',
    early: 'Too early to say.',
    collecting: 'Keep collecting.',
    aheadGuardrail: (variant: string, metric: string) =>
      `${variant} is ahead. Settle ${metric} first.`,
    aheadGuardrails: (variant: string) => `${variant} is ahead. Settle the guardrails first.`,
    aheadSecondary: (variant: string, metric: string) =>
      `${variant} is ahead, but ${metric} got worse.`,
    aheadWeeks: (variant: string) => `${variant} is ahead. Let the week finish.`,
    aheadSample: (variant: string) => `${variant} is ahead. Wait for the planned sample.`,
    inconclusive: 'No clear difference.',
    ended: 'Ended without a clear answer.',
    invalid: {
      srm: 'Do not trust these numbers: the split is off.',
      crossover: 'Do not trust these numbers: users saw both variants.',
      strangers: 'Do not trust these numbers: unknown variants arrived.',
      prePeriod: 'Do not trust these numbers: the groups differed before the start.',
      dataFresh: 'No events arrive any more.',
      rejected: 'Do not trust these numbers: too many events are rejected.',
      other: 'Do not trust these numbers yet.',
    },
  },
  lift: {
    up: (v: string, metric: string, lift: string) => `${v} lifts ${metric} by ${lift}`,
    down: (v: string, metric: string, lift: string) => `${v} lowers ${metric} by ${lift}`,
    flat: (v: string, metric: string, lift: string) => `So far ${v} moves ${metric} by ${lift}`,
  },
  between: (low: string, high: string) => `, and the true lift is between ${low} and ${high}.`,
  above: (low: string) => `, and the true lift is at least ${low}.`,
  below: (high: string) => `, and the true lift is at most ${high}.`,
  stop: '.',
  bothWays: ' Both a gain and a loss are still possible.',
  insufficient: (metric: string) => `There is not enough data on ${metric} for a claim.`,
  difference: (v: string, metric: string, difference: string) =>
    `${v} changes ${metric} by ${difference}; a relative lift cannot be given.`,
  chance: (v: string, probability: string) => ` The chance that ${v} is better is ${probability}.`,
  oneOf: (v: string, n: string) =>
    ` If ${v} did nothing, a result this strong would appear in about 1 of ${n} tests`,
  rarer: (v: string) =>
    ` If ${v} did nothing, a result this strong would appear in less than one of a million tests`,
  often: (v: string) => ` If ${v} did nothing, a result like this would appear in most tests`,
  anyDay: ', however often you looked.',
  once: ' read once, at the planned end.',
  tooGood: ' It is larger than almost any real effect: check the tracking before you believe it.',
  reasons: {
    notProvenRise: (metric: string, worst: string, margin: string) =>
      ` ${metric} is not proven safe: a rise of up to ${worst} is not ruled out (agreed: ${margin}).`,
    notProvenFall: (metric: string, worst: string, margin: string) =>
      ` ${metric} is not proven safe: a fall of up to ${worst} is not ruled out (agreed: ${margin}).`,
    notProvenUnknown: (metric: string) => ` ${metric} cannot be judged yet.`,
    harmed: (metric: string, worst: string) =>
      ` ${metric} is harmed, in the worst case by ${worst}.`,
    withoutMargin: (metric: string) =>
      ` For ${metric} no margin was agreed: only clear harm would count.`,
    secondaryWorse: (metric: string, lift: string) => ` ${metric} got worse (${lift}).`,
    wholeWeeks: (weeks: string, needed: string) =>
      ` The rule waits for whole weeks: ${weeks} of ${needed} have passed.`,
    plannedSample: (share: string) =>
      ` The rule waits for the planned sample: ${share} of it is there.`,
    plannedSampleReached: ' The planned sample is there.',
    ended: ' Enrolment ended before the planned sample.',
    noPrimary: 'Choose a primary metric in the set-up; the rule needs one.',
  },
  checks: {
    srm: (n: string) =>
      `The units do not arrive in the planned proportion. By chance alone that happens in about 1 of ${n} tests. Look for lost or doubled exposures before you read any result.`,
    srmRare:
      'The units do not arrive in the planned proportion, far beyond chance. Look for lost or doubled exposures before you read any result.',
    crossover: (share: string, limit: string) =>
      `${share} of the units were seen in two variants (limit ${limit}). Check that the same unit id is used everywhere and that nothing overrides the variant.`,
    strangers: (share: string, limit: string) =>
      `${share} of the units came with a variant that this test does not have (limit ${limit}). Check the app's version and key.`,
    prePeriod: (p: string) =>
      `The groups already differed before they were exposed (p ${p}). Check the assignment and restart with a new phase.`,
    dataFresh: (hours: string) =>
      `The last event came ${hours} hours ago. Check that the app still sends, and the key it sends with.`,
    rejected: (share: string) =>
      `${share} of the last day's events were rejected. Live events shows which and why.`,
    other: 'A quality check failed. Open the line beside for its figures.',
  },
};
