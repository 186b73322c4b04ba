import { Plus, X } from 'lucide-react';
import { Button, IconButton } from '../button.tsx';
import { classes } from '../classes.ts';
import { Select } from '../select.tsx';
import {
  emptyGroup,
  emptySegment,
  emptyTest,
  type FaultCode,
  type Group,
  type Node,
} from './model.ts';
import { TestRow } from './test-row.tsx';
import { useConditionText } from './text.ts';

export type Known = {
  attributes: readonly string[];
  segments: readonly { key: string; name: string }[];
};
type EditorProps = {
  group: Group;
  onChange: (group: Group) => void;
  known: Known;
  /** Rows to mark, once a save was tried. */
  faults?: ReadonlyMap<number, FaultCode>;
  depth?: number;
};

const noFaults: ReadonlyMap<number, FaultCode> = new Map();
const deepest = 3;

/** Who is meant: conditions joined by all or any, groups within, audiences, and their opposites. */
export function ConditionEditor({
  group,
  onChange,
  known,
  faults = noFaults,
  depth = 0,
}: EditorProps) {
  const t = useConditionText().editor;
  const put = (parts: readonly Node[]) => {
    onChange({ ...group, parts });
  };
  const replace = (next: Node) => {
    put(group.parts.map((part) => (part.id === next.id ? next : part)));
  };
  const remove = (id: number) => {
    put(group.parts.filter((part) => part.id !== id));
  };
  const [firstSegment] = known.segments;
  return (
    <div
      role="group"
      aria-label={t.match}
      className={classes(
        'flex flex-col gap-2',
        depth > 0 && 'rounded-control border border-line bg-surface2 p-2.5',
      )}
    >
      {(group.parts.length > 1 || depth > 0 || group.not) && (
        <JoinChoice group={group} onChange={onChange} />
      )}
      {group.parts.map((part) => (
        <Part
          key={part.id}
          part={part}
          replace={replace}
          remove={() => {
            remove(part.id);
          }}
          known={known}
          faults={faults}
          depth={depth}
        />
      ))}
      <div className="flex flex-wrap gap-1.5">
        <Button
          size="chip"
          onPress={() => {
            put([...group.parts, emptyTest()]);
          }}
        >
          <Plus size={13} aria-hidden="true" />
          {t.addTest}
        </Button>
        {firstSegment !== undefined && (
          <Button
            size="chip"
            onPress={() => {
              put([...group.parts, emptySegment(firstSegment.key)]);
            }}
          >
            <Plus size={13} aria-hidden="true" />
            {t.addSegment}
          </Button>
        )}
        {depth < deepest && group.parts.length > 0 && (
          <Button
            size="chip"
            onPress={() => {
              const inner = emptyGroup(group.join === 'all' ? 'any' : 'all');
              put([...group.parts, { ...inner, parts: [emptyTest()] }]);
            }}
          >
            <Plus size={13} aria-hidden="true" />
            {t.addGroup}
          </Button>
        )}
      </div>
    </div>
  );
}

function JoinChoice({ group, onChange }: { group: Group; onChange: (group: Group) => void }) {
  const t = useConditionText().editor;
  const value = group.not ? (group.join === 'all' ? 'notAll' : 'notAny') : group.join;
  return (
    <Select
      chip
      label={t.match}
      value={value}
      onChange={(id) => {
        onChange({
          ...group,
          join: id === 'all' || id === 'notAll' ? 'all' : 'any',
          not: id === 'notAll' || id === 'notAny',
        });
      }}
      options={[
        { id: 'all', label: t.all },
        { id: 'any', label: t.any },
        { id: 'notAny', label: t.notAny },
        { id: 'notAll', label: t.notAll },
      ]}
    />
  );
}

type PartProps = {
  part: Node;
  replace: (next: Node) => void;
  remove: () => void;
  known: Known;
  faults: ReadonlyMap<number, FaultCode>;
  depth: number;
};
function Part({ part, replace, remove, known, faults, depth }: PartProps) {
  const t = useConditionText().editor;
  return (
    <div className="flex items-start gap-1.5">
      <div className="min-w-0 flex-1">
        {part.kind === 'group' && (
          <ConditionEditor
            group={part}
            onChange={replace}
            known={known}
            faults={faults}
            depth={depth + 1}
          />
        )}
        {part.kind === 'test' && (
          <TestRow test={part} onChange={replace} known={known} fault={faults.get(part.id)} />
        )}
        {part.kind === 'segment' && (
          <div className="grid grid-cols-[180px_1fr] gap-1.5 max-sm:grid-cols-1">
            <Select
              label={t.inOrOut}
              labelHidden
              value={part.not ? 'out' : 'in'}
              onChange={(id) => {
                replace({ ...part, not: id === 'out' });
              }}
              options={[
                { id: 'in', label: t.isIn },
                { id: 'out', label: t.isNotIn },
              ]}
            />
            <Select
              label={t.segment}
              labelHidden
              value={part.key}
              onChange={(key) => {
                replace({ ...part, key });
              }}
              options={segmentOptions(known, part.key)}
            />
          </div>
        )}
      </div>
      <IconButton label={t.remove} onPress={remove}>
        <X size={15} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

/** The audience in use stays choosable, even when it has been archived. */
function segmentOptions({ segments }: Known, key: string) {
  const options = segments.map((segment) => ({
    id: segment.key,
    label: segment.name,
    note: segment.name === segment.key ? undefined : segment.key,
  }));
  return options.some(({ id }) => id === key)
    ? options
    : [...options, { id: key, label: key, note: undefined }];
}
