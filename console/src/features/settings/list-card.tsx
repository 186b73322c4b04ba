import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';

/** A list with what it is for and the button that adds to it. */
export function ListCard(props: {
  title: string;
  note: string;
  create?: { label: string; onPress: () => void } | false;
  children: ReactNode;
}) {
  const { title, note, create, children } = props;
  return (
    <Card
      title={title}
      note={note}
      actions={
        create !== undefined &&
        create !== false && (
          <Button onPress={create.onPress}>
            <Plus size={15} aria-hidden="true" />
            {create.label}
          </Button>
        )
      }
      className="overflow-hidden"
    >
      {children}
    </Card>
  );
}
