/** Says when what is shown live is not, and when it is again. */
import { Text } from '@mantine/core';
import type { LinkState } from '../api/live.js';

export interface LinkNoticeProps {
  readonly link: LinkState;
  readonly resyncs: number;
}

export function LinkNotice({ link, resyncs }: LinkNoticeProps) {
  if (link === 'lost')
    return (
      <Text size="sm" role="status" className="tone-warn">
        ▲ The live connection is lost; the page connects again by itself. What you see may be old.
      </Text>
    );
  if (resyncs > 0 && link !== 'over')
    return (
      <Text size="sm" role="status" className="tone-good">
        ● Connected again; what you see was sent anew.
      </Text>
    );
  return null;
}
