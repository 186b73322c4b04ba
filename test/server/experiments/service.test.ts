import { evaluate } from '@assay/sdk/evaluate';
import { describe, expect, it } from 'vitest';
import { definitionService } from '@assay/server/definitions/service';
import { compile } from '@assay/server/delivery/compile';
import { experimentService } from '@assay/server/experiments/service';
import {
  bodyOf,
  checkout,
  countingBytes,
  freshCatalogue,
  metrics,
  noon,
  onePage,
} from '../../support/definitions.ts';

const key = 'one-page-checkout';
const request = { author: 'ada', requestId: 'r1', at: noon, reason: '', ifMatch: undefined };
const deed = { ...request, key };

async function planned(change: Record<string, unknown> = {}) {
  const { catalogue, store } = await freshCatalogue();
  const deps = { catalogue, store, random: countingBytes() };
  const flags = definitionService('flags', deps);
  const experiments = definitionService('experiments', deps);
  await flags.create(bodyOf('flags', checkout), request);
  for (const metric of metrics)
    await definitionService('metrics', deps).create(bodyOf('metrics', metric), request);
  await experiments.create(bodyOf('experiments', { ...onePage, ...change }), request);
  const serve = (userId: string) =>
    evaluate(
      compile(catalogue.now(), 'production', 'server'),
      'checkout',
      { userId, country: 'CN' },
      '',
    );
  return { catalogue, store, flags, experiments, life: experimentService(deps), serve };
}

describe('an experiment under way', () => {
  it('starts: the plan is locked, the flag gets the rule, units are drawn', async () => {
    const { catalogue, life, serve } = await planned();
    const before = catalogue.sequence;
    const started = await life.start(deed);
    expect(started).toMatchObject({ status: 'running', salt: 'abcdefg', revision: 2 });
    expect(catalogue.flag('checkout')).toMatchObject({
      revision: 2,
      environments: { production: { rules: [{ id: key, experiment: key }] } },
    });
    expect(catalogue.sequence).toBe(before + 2);
    const variants = new Set(Array.from({ length: 50 }, (_, i) => serve(`u${i}`).variant));
    expect(variants).toEqual(new Set(['classic', 'one-page']));
    expect(serve('u1').exposure).toMatchObject({ experiment: key, phase: 1 });
  });

  it('starts once', async () => {
    const { catalogue, life } = await planned();
    await life.start(deed);
    const { sequence } = catalogue;
    expect(await life.start(deed)).toMatchObject({ status: 'running', revision: 2 });
    expect(catalogue.sequence).toBe(sequence);
  });

  it('does not start while something is missing', async () => {
    const { catalogue, life } = await planned({ hypothesis: {}, metrics: {} });
    await expect(life.start(deed)).rejects.toMatchObject({
      code: 'invalid',
      errors: [
        { path: 'hypothesis', message: 'Still missing: because, change, expect' },
        { path: 'primaryMetric', message: 'No primary metric is chosen' },
      ],
    });
    expect(catalogue.experiment(key)).toMatchObject({ status: 'draft', salt: '' });
    expect(catalogue.flag('checkout')?.revision).toBe(1);
  });

  it('is locked against a PUT, and says where to go', async () => {
    const { experiments, life } = await planned();
    const { revision } = await life.start(deed);
    const wider = bodyOf('experiments', { ...onePage, coverage: 5 });
    const put = experiments.replace(key, wider, { ...request, ifMatch: revision });
    await expect(put).rejects.toMatchObject({ code: 'locked', errors: [{ path: 'coverage' }] });
    await expect(put).rejects.toThrow('/api/experiments/one-page-checkout/amend');
    const words = bodyOf('experiments', { ...onePage, name: 'Shorter checkout' });
    const renamed = await experiments.replace(key, words, { ...request, ifMatch: revision });
    expect(renamed).toMatchObject({ name: 'Shorter checkout', status: 'running', salt: 'abcdefg' });
  });

  it('keeps its rule in the flag', async () => {
    const { flags, life } = await planned();
    await life.start(deed);
    const put = flags.replace('checkout', bodyOf('flags', checkout), { ...request, ifMatch: 2 });
    await expect(put).rejects.toMatchObject({ code: 'locked' });
    await expect(flags.revert('checkout', 1, request)).rejects.toMatchObject({ code: 'locked' });
  });

  it('cannot be archived while its flag serves it', async () => {
    const { experiments, life } = await planned();
    await life.start(deed);
    await expect(experiments.archive(key, request)).rejects.toMatchObject({
      code: 'conflict',
      message: `The experiment "${key}" is in use by flag "checkout".`,
    });
  });

  it('ramps without moving anyone, and says so by its phase', async () => {
    const { life, serve } = await planned({ coverage: 10_000 });
    await life.start(deed);
    const units = Array.from({ length: 200 }, (_, i) => `u${i}`);
    const drawn = () => new Map(units.map((u) => [u, serve(u)]));
    const before = drawn();
    await life.ramp(deed, 60_000);
    const after = drawn();
    const enrolled = units.filter((u) => before.get(u)?.exposure !== undefined);
    expect(enrolled.length).toBeGreaterThan(5);
    for (const unit of enrolled)
      expect(after.get(unit)?.exposure?.variant).toBe(before.get(unit)?.variant);
    expect((await life.ramp(deed, 5_000)).phases).toHaveLength(2);
    expect(serve(enrolled[0] ?? '').exposure?.phase ?? 2).toBe(2);
  });

  it('amends with a reason; a plan against the rules is refused', async () => {
    const { life } = await planned();
    await life.start(deed);
    const reason = 'a slower week';
    expect(await life.amend({ ...deed, reason }, { 'plan.days': 28 })).toMatchObject({
      plan: { days: 28 },
      amendments: [{ reason, by: 'ada' }],
    });
    await expect(life.amend(deed, { 'metrics.primary': 'conversions' })).rejects.toMatchObject({
      errors: [{ message: 'Unknown metric "conversions"; did you mean "conversion"?' }],
    });
  });

  it('stops: everyone gets the control, and no exposure', async () => {
    const { life, serve } = await planned();
    await life.start(deed);
    await life.stop(deed);
    for (let i = 0; i < 50; i++)
      expect(serve(`u${i}`)).toMatchObject({ variant: 'classic', exposure: undefined });
    expect((await life.stop(deed)).status).toBe('stopped');
  });

  it('ships: the flag serves the winner, in one transaction with the decision', async () => {
    const { catalogue, experiments, life, serve, store } = await planned();
    await life.start(deed);
    const done = await life.decide(deed, { outcome: 'ship', note: 'It won.' });
    expect(done).toMatchObject({
      status: 'decided',
      decision: { outcome: 'ship', variant: 'one-page', note: 'It won.', by: 'ada' },
    });
    expect(catalogue.flag('checkout')?.environments['production']).toMatchObject({
      rules: [],
      default: { variant: 'one-page' },
    });
    expect(serve('u1')).toMatchObject({ variant: 'one-page', reason: 'DEFAULT' });
    const [experiment, flag] = (await store.audit(2)).toReversed();
    expect([experiment?.action, experiment?.kind, flag?.action, flag?.kind]).toEqual([
      'decide',
      'experiments',
      'decide',
      'flags',
    ]);
    const { revision } = done;
    const renamed = bodyOf('experiments', { ...onePage, name: 'New' });
    await expect(
      experiments.replace(key, renamed, { ...request, ifMatch: revision }),
    ).rejects.toMatchObject({ code: 'locked' });
    await expect(life.amend(deed, { coverage: 1 })).rejects.toMatchObject({ code: 'conflict' });
    await expect(experiments.revert(key, 1, request)).rejects.toMatchObject({ code: 'locked' });
    expect((await experiments.archive(key, request)).status).toBe('archived');
  });

  it('ships to its audience alone', async () => {
    const audience = { attr: 'country', op: 'eq', value: 'SG' };
    const { catalogue, life, serve } = await planned({ audience });
    await life.start(deed);
    await life.decide(deed, { outcome: 'ship', variant: 'one-page', note: '' });
    expect(catalogue.flag('checkout')?.environments['production']?.rules).toEqual([
      { id: key, variant: 'one-page', if: audience },
    ]);
    expect(serve('u1').variant).toBe('classic');
  });

  it('rolls back to the control', async () => {
    const { life, serve } = await planned();
    await life.start(deed);
    await life.decide(deed, { outcome: 'rollback', note: 'It lost.' });
    for (let i = 0; i < 50; i++) expect(serve(`u${i}`).variant).toBe('classic');
  });

  it('honours an If-Match that is sent', async () => {
    const { life } = await planned();
    await expect(life.start({ ...deed, ifMatch: 7 })).rejects.toMatchObject({ status: 412 });
    expect((await life.start({ ...deed, ifMatch: 1 })).status).toBe('running');
  });

  it('is not found where it is not', async () => {
    const { life } = await planned();
    await expect(life.stop({ ...deed, key: 'nothing' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
