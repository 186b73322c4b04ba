import { GripVertical, Pencil, Plus, Trash2 } from 'lucide-react';
import {
  Button as AriaButton,
  DropIndicator,
  GridList,
  GridListItem,
  useDragAndDrop,
} from 'react-aria-components';
import { useFormat } from '../../lib/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useConditionText } from '../../ui/condition/text.ts';
import { moved, type RuleDraft } from './model.ts';
import { ruleSentence } from './sentence.ts';
import { useText } from './text.ts';

type RuleListProps = {
  rules: readonly RuleDraft[];
  isReadOnly: boolean;
  onChange: (rules: readonly RuleDraft[]) => void;
  /** The index of the rule to edit; one past the last makes a new one. */
  onEdit: (index: number) => void;
};

/** The rules in the order that they are asked, one sentence each; dragged by mouse, touch or keyboard. */
export function RuleList({ rules, isReadOnly, onChange, onEdit }: RuleListProps) {
  const t = useText().editor;
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: isReadOnly,
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) => {
      const from = rules.findIndex(({ id }) => keys.has(id));
      const at = rules.findIndex(({ id }) => id === target.key);
      if (from === -1 || at === -1) return;
      const to = target.dropPosition === 'after' ? at + 1 : at;
      onChange(moved(rules, from, from < to ? to - 1 : to));
    },
    renderDropIndicator: (target) => (
      <DropIndicator target={target} className="h-0.5 bg-transparent data-drop-target:bg-accent" />
    ),
  });
  return (
    <div className="mt-3 border-t border-line pt-3">
      <div className="flex flex-wrap items-baseline gap-x-2.5 px-4 pb-1.5">
        <h3>{t.rules}</h3>
        {rules.length > 1 && <p className="sub">{t.rulesNote}</p>}
      </div>
      {rules.length === 0 && <p className="sub px-4 pb-2">{t.noRules}</p>}
      {rules.length > 0 && (
        <GridList
          aria-label={t.rules}
          items={rules.map((rule, index) => ({ ...rule, index }))}
          dragAndDropHooks={dragAndDropHooks}
          keyboardNavigationBehavior="tab"
        >
          {(rule) => (
            <RuleLine
              rule={rule}
              index={rule.index}
              isReadOnly={isReadOnly}
              onEdit={() => {
                onEdit(rule.index);
              }}
              onRemove={() => {
                onChange(rules.filter(({ id }) => id !== rule.id));
              }}
            />
          )}
        </GridList>
      )}
      {!isReadOnly && (
        <div className="px-4 pt-2 pb-3">
          <Button
            size="chip"
            onPress={() => {
              onEdit(rules.length);
            }}
          >
            <Plus size={13} aria-hidden="true" />
            {t.addRule}
          </Button>
        </div>
      )}
    </div>
  );
}

type RuleLineProps = {
  rule: RuleDraft;
  index: number;
  isReadOnly: boolean;
  onEdit: () => void;
  onRemove: () => void;
};
function RuleLine({ rule, index, isReadOnly, onEdit, onRemove }: RuleLineProps) {
  const all = useText();
  const t = all.editor;
  const f = useFormat();
  const condition = useConditionText();
  const words = ruleSentence(rule, { flag: all, condition, f });
  const n = index + 1;
  return (
    <GridListItem
      id={rule.id}
      textValue={words}
      className="flex items-start gap-2 border-t border-line px-4 py-2.5 outline-offset-[-2px] first:border-t-0 data-dragging:opacity-50"
    >
      {!isReadOnly && (
        <AriaButton
          slot="drag"
          aria-label={t.moveRule(n)}
          className="mt-0.5 flex-none cursor-grab text-ink3 data-hovered:text-ink"
        >
          <GripVertical size={15} aria-hidden="true" />
        </AriaButton>
      )}
      <span className="mt-px grid size-[18px] flex-none place-items-center rounded-small bg-neubg text-axis font-semibold text-ink2 tabular-nums">
        {n}
      </span>
      <span className="min-w-0 flex-1">
        {rule.name !== '' && <span className="block font-medium">{rule.name}</span>}
        <span className="block break-words text-ink2">{words}</span>
      </span>
      {!isReadOnly && (
        <span className="flex flex-none">
          <IconButton label={`${t.editRule} ${t.ruleNumber(n)}`} onPress={onEdit}>
            <Pencil size={14} aria-hidden="true" />
          </IconButton>
          <IconButton label={t.removeRule(n)} onPress={onRemove}>
            <Trash2 size={14} aria-hidden="true" />
          </IconButton>
        </span>
      )}
    </GridListItem>
  );
}
