import { language, languages } from '../../lib/i18n.ts';
import { theme, themes } from '../../lib/theme.ts';
import { Card } from '../../ui/card.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { useText } from './text.ts';

export function LookTab() {
  const t = useText();
  return (
    <Card title={t.tabs.look} note={t.look.note}>
      <div className="flex flex-col items-start gap-4 px-4 pb-4">
        <div>
          <span className="mb-1 block text-label text-ink2">{t.look.language}</span>
          <SegmentedControl
            label={t.look.language}
            value={language.use()}
            onChange={language.set}
            options={languages.map((id) => ({ id, label: t.look.languages[id] }))}
          />
        </div>
        <div>
          <span className="mb-1 block text-label text-ink2">{t.look.theme}</span>
          <SegmentedControl
            label={t.look.theme}
            value={theme.use()}
            onChange={theme.set}
            options={themes.map((id) => ({ id, label: t.look.themes[id] }))}
          />
        </div>
      </div>
    </Card>
  );
}
