import { PowerCurve } from '../../charts/power-curve.tsx';
import { SettingsMeaning } from '../../charts/settings-meaning.tsx';
import { useFormat } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import type { Inputs } from './inputs.ts';
import type { Outlook } from './outlook.ts';
import { useText } from './text.ts';
import { useLiftText } from './use-lift-text.ts';

type ResultProps = { inputs: Inputs; outlook: Outlook };

/** How likely a significant result is, by the size of the true lift. */
export function PowerCard({ inputs, outlook }: ResultProps) {
  const t = useText();
  const format = useFormat();
  const liftText = useLiftText();
  const sign = Math.sign(inputs.lift);
  const lift = liftText(inputs.lift);
  return (
    <Card className="min-w-0" title={t.power.title} note={t.power.note}>
      <div className="px-3 pb-1.5">
        <PowerCurve
          label={t.power.label(lift, format.probability(outlook.power))}
          table={{
            columns: [t.power.columns.lift, t.power.columns.power],
            rows: outlook.curve
              .filter((_, i) => i % 4 === 0)
              .map(([x, power]) => [liftText(sign * x), format.probability(power)]),
          }}
          curve={outlook.curve}
          mde={Math.abs(inputs.lift)}
          power={inputs.power}
          format={(x) => liftText(sign * x)}
          share={(x) => (x === 0 || x === 1 ? format.percent(x) : format.probability(x))}
          axisName={t.power.axis}
        />
      </div>
    </Card>
  );
}

/** What false alarms and power promise, as two worlds. */
export function SettingsCard({ inputs, outlook }: ResultProps) {
  const t = useText();
  const format = useFormat();
  const liftText = useLiftText();
  const { settings } = t;
  const share = (x: number) => format.percent(Math.round(x * 1_000) / 1_000);
  const found = Math.round(outlook.power * 100) / 100;
  return (
    <Card
      className="min-w-0"
      title={settings.title}
      note={settings.at(format.exact(outlook.reached))}
    >
      <div className="px-3 pb-1.5">
        <SettingsMeaning
          label={settings.label}
          table={{
            columns: [settings.columns.world, settings.columns.called],
            rows: [
              [settings.none, share(inputs.alpha)],
              [settings.real(liftText(inputs.lift)), share(found)],
            ],
          }}
          alpha={inputs.alpha}
          power={Math.min(outlook.power, 0.999)}
          words={{
            none: settings.none,
            real: settings.real(liftText(inputs.lift)),
            win: settings.win,
            falseAlarm: settings.falseAlarm(share(inputs.alpha)),
            missed: settings.missed(share(1 - found)),
            found: settings.found(share(found)),
          }}
        />
      </div>
    </Card>
  );
}
