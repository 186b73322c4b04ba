import { Card } from '../../ui/card.tsx';
import { AddAttribute, Suggestions } from './breakdown-attributes.tsx';
import { BreakdownBlock } from './breakdown-block.tsx';
import type { ChartCardProps } from './over-card.tsx';
import { useText } from './text.ts';

/** The effect in parts of the audience: one block an attribute, each asking whether the effect differs. */
export function BreakdownCard(props: ChartCardProps) {
  const { search, onSearch } = props;
  const t = useText();
  const names = (search.dim ?? '').split(',').filter((name) => name !== '');
  const show = (next: readonly string[]) => {
    onSearch({ dim: next.length === 0 ? undefined : next.join(',') });
  };
  return (
    <Card
      className="min-w-0 pb-2.5"
      title={t.breakdown.title}
      note={names.length === 0 ? undefined : t.breakdown.note}
      actions={
        <AddAttribute
          experiment={props.experiment}
          shown={names}
          onAdd={(name) => {
            show([...names, name]);
          }}
        />
      }
    >
      {names.length === 0 && (
        <Suggestions
          experiment={props.experiment}
          onAdd={(name) => {
            show([name]);
          }}
        />
      )}
      {names.map((name) => (
        <BreakdownBlock
          key={name}
          {...props}
          name={name}
          onRemove={() => {
            show(names.filter((other) => other !== name));
          }}
        />
      ))}
      {names.length > 0 && (
        <p className="border-t border-line px-4 pt-2 text-note text-ink3">{t.breakdown.explore}</p>
      )}
    </Card>
  );
}
