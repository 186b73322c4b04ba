import { TextField } from '../../ui/field.tsx';
import { Section, type SectionProps } from './section.tsx';
import { useText } from './text.ts';

export function HypothesisSection({ draft, edit }: SectionProps) {
  const t = useText().sections.hypothesis;
  const { hypothesis } = draft;
  return (
    <Section n={1} title={t.title} note={t.note}>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <TextField
          label={t.name}
          value={draft.name}
          onChange={(name) => {
            edit({ ...draft, name });
          }}
        />
        <TextField
          label={t.owner}
          value={draft.owner}
          onChange={(owner) => {
            edit({ ...draft, owner });
          }}
        />
      </div>
      <TextField
        label={t.because}
        rows={2}
        placeholder={t.becauseExample}
        value={hypothesis.because}
        onChange={(because) => {
          edit({ ...draft, hypothesis: { ...hypothesis, because } });
        }}
      />
      <TextField
        label={t.change}
        rows={2}
        placeholder={t.changeExample}
        value={hypothesis.change}
        onChange={(change) => {
          edit({ ...draft, hypothesis: { ...hypothesis, change } });
        }}
      />
      <TextField
        label={t.expect}
        rows={2}
        placeholder={t.expectExample}
        value={hypothesis.expect}
        onChange={(expect) => {
          edit({ ...draft, hypothesis: { ...hypothesis, expect } });
        }}
      />
    </Section>
  );
}
