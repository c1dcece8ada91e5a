/** The page in light or dark, as chosen; on paper always in light. */
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { useSyncExternalStore, type ReactNode } from 'react';
import { cssVariables, theme } from './theme.js';

const COLOUR_SCHEME = localStorageColorSchemeManager({ key: 'meritloop-colour-scheme' });
const PAPER = window.matchMedia('print');

/** Told before the browser lays the paper out, so that charts are drawn anew in its ink. */
function onPaperChange(tell: () => void): () => void {
  PAPER.addEventListener('change', tell);
  return () => PAPER.removeEventListener('change', tell);
}

export function Themed({ children }: { readonly children: ReactNode }) {
  const onPaper = useSyncExternalStore(onPaperChange, () => PAPER.matches);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={COLOUR_SCHEME}
      defaultColorScheme="auto"
      {...(onPaper ? { forceColorScheme: 'light' as const } : {})}
    >
      {children}
    </MantineProvider>
  );
}
