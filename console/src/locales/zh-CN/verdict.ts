import type { verdict as en } from '../en/verdict.ts';

export const verdict: typeof en = {
  b: (text) => `\uE000${text}\uE001`,
  headline: {
    ship: (variant) => `可以全量发布 ${variant}。`,
    rollback: (variant) => `建议回滚 ${variant}。`,
    rollbackAll: '建议回滚：没有适合发布的实验组。',
    noPrimary: '尚无决定本实验的指标。',
    early: '为时尚早。',
    collecting: '继续收集数据。',
    aheadGuardrail: (variant, metric) => `${variant} 领先，请先确认${metric}。`,
    aheadGuardrails: (variant) => `${variant} 领先，请先确认护栏指标。`,
    aheadSecondary: (variant, metric) => `${variant} 领先，但${metric}变差了。`,
    aheadWeeks: (variant) => `${variant} 领先，请等到整周结束。`,
    aheadSample: (variant) => `${variant} 领先，请等待计划样本量。`,
    inconclusive: '没有明确差异。',
    ended: '已结束，没有明确结论。',
    invalid: {
      srm: '数据不可信：分流比例失衡。',
      crossover: '数据不可信：有用户看到了两个版本。',
      strangers: '数据不可信：出现了未知的版本。',
      prePeriod: '数据不可信：实验开始前两组已有差异。',
      dataFresh: '已没有事件上报。',
      rejected: '数据不可信：被拒绝的事件过多。',
      other: '数据暂不可信。',
    },
  },
  lift: {
    up: (v, metric, lift) => `${v} 使${metric}提升 ${lift}`,
    down: (v, metric, lift) => `${v} 使${metric}下降 ${lift}`,
    flat: (v, metric, lift) => `目前 ${v} 使${metric}变化 ${lift}`,
  },
  between: (low, high) => `，真实提升在 ${low} 与 ${high} 之间。`,
  above: (low) => `，真实提升不低于 ${low}。`,
  below: (high) => `，真实提升不高于 ${high}。`,
  stop: '。',
  bothWays: '变好与变差都仍有可能。',
  insufficient: (metric) => `${metric}的数据还不足以下结论。`,
  difference: (v, metric, difference) => `${v} 使${metric}变化 ${difference}；无法给出相对提升。`,
  chance: (v, probability) => `${v} 更优的概率为 ${probability}。`,
  oneOf: (v, n) => `若 ${v} 毫无作用，约每 ${n} 次实验才会出现 1 次如此强的结果`,
  rarer: (v) => `若 ${v} 毫无作用，一百万次实验中出现不到 1 次如此强的结果`,
  often: (v) => `若 ${v} 毫无作用，大多数实验也会出现类似结果`,
  anyDay: '，与查看次数无关。',
  once: '（在计划结束时查看一次）。',
  tooGood: '它大于几乎所有真实效果：在相信之前请先检查埋点。',
  reasons: {
    notProvenRise: (metric, worst, margin) =>
      `${metric}尚未证明安全：不能排除上升达 ${worst}（约定：${margin}）。`,
    notProvenFall: (metric, worst, margin) =>
      `${metric}尚未证明安全：不能排除下降达 ${worst}（约定：${margin}）。`,
    notProvenUnknown: (metric) => `${metric}暂时无法判断。`,
    harmed: (metric, worst) => `${metric}受损，最坏情况为 ${worst}。`,
    withoutMargin: (metric) => `${metric}没有约定界限：只有明确受损才会触发。`,
    secondaryWorse: (metric, lift) => `${metric}变差（${lift}）。`,
    wholeWeeks: (weeks, needed) => `规则要求满整周：已过 ${weeks} 周，需 ${needed} 周。`,
    plannedSample: (share) => `规则要求达到计划样本量：目前为 ${share}。`,
    plannedSampleReached: '计划样本量已达到。',
    ended: '在达到计划样本量之前已停止招募。',
    noPrimary: '请在设置中选择主要指标，决策规则需要它。',
  },
  checks: {
    srm: (n) =>
      `用户没有按计划比例进入各组，仅凭偶然约每 ${n} 次实验才会出现 1 次。请先查找丢失或重复的曝光，再看任何结果。`,
    srmRare: '用户没有按计划比例进入各组，远超偶然范围。请先查找丢失或重复的曝光，再看任何结果。',
    crossover: (share, limit) =>
      `${share} 的用户出现在两个组中（上限 ${limit}）。请检查各处是否使用同一用户 ID，以及是否有代码覆盖了分组。`,
    strangers: (share, limit) =>
      `${share} 的用户带有本实验没有的版本（上限 ${limit}）。请检查应用版本和密钥。`,
    prePeriod: (p) => `两组在曝光之前就已有差异（p ${p}）。请检查分流，并以新阶段重新开始。`,
    dataFresh: (hours) =>
      `最近一次事件在 ${hours} 小时之前。请检查应用是否仍在上报，以及使用的密钥。`,
    rejected: (share) => `最近一天有 ${share} 的事件被拒绝。“实时事件”页会显示哪些以及原因。`,
    other: '有质量检查未通过，点击旁边的条目查看数值。',
  },
};
