/** A notification of the desktop when something ends that takes long; asked for by a button, for this view alone. */
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';

export interface TellMeProps {
  /** What it says then; undefined while it has not ended. */
  readonly ended: string | undefined;
}

export function TellMe({ ended }: TellMeProps) {
  const [state, setState] = useState<'off' | 'on' | 'refused'>('off');
  useEffect(() => {
    if (state !== 'on' || ended === undefined) return;
    setState('off');
    // Without a name of its own a second one would not be shown.
    void new Notification('meritloop', { body: ended, tag: ended });
  }, [state, ended]);
  if (ended !== undefined || !('Notification' in window)) return null;
  const ask = async (): Promise<void> =>
    setState((await Notification.requestPermission()) === 'granted' ? 'on' : 'refused');
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-pressed={state === 'on'}
      onClick={() => (state === 'on' ? setState('off') : void ask())}
    >
      {state === 'on'
        ? '✓ You will be told'
        : state === 'refused'
          ? 'The browser refuses notifications'
          : 'Tell me when it ends'}
    </Button>
  );
}
