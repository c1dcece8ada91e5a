/** Colours and sizes of the page; text colours are chosen so that axe finds enough contrast in light and dark. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const marine: MantineColorsTuple = [
  '#eaf2fb',
  '#d3e2f4',
  '#a5c4e9',
  '#76a5de',
  '#508bd3',
  '#3a7acb',
  '#2b69b8',
  '#1d4f91',
  '#173f75',
  '#10305a',
];

export const theme = createTheme({
  colors: { marine },
  primaryColor: 'marine',
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.84rem', md: '0.9rem', lg: '1.05rem', xl: '1.25rem' },
  headings: {
    sizes: { h1: { fontSize: '1.3rem' }, h2: { fontSize: '1.02rem' }, h3: { fontSize: '0.9rem' } },
  },
  cursorType: 'pointer',
  components: {
    // A dialog's head is no second banner of the page, and its cross has a name.
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerCloseButton: { defaultProps: { 'aria-label': 'Close the panel' } },
    ModalCloseButton: { defaultProps: { 'aria-label': 'Close the dialog' } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#565d67',
    '--mantine-color-placeholder': '#636b76',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#1d4f91',
    '--meritloop-panel': '#ffffff',
    '--meritloop-ground': '#f4f5f7',
    '--meritloop-line': '#dde1e6',
    '--meritloop-good': '#0b6b4f',
    '--meritloop-warn': '#8a5a00',
    '--meritloop-bad': '#b42318',
    '--meritloop-changed': '#fff4d6',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b0b8',
    '--mantine-color-placeholder': '#a0a7af',
    '--mantine-color-error': '#ff9c92',
    '--mantine-color-anchor': '#9cc2f0',
    '--mantine-color-body': '#17191c',
    '--meritloop-panel': '#1f2226',
    '--meritloop-ground': '#17191c',
    '--meritloop-line': '#343940',
    '--meritloop-good': '#6fd3ae',
    '--meritloop-warn': '#f0b44c',
    '--meritloop-bad': '#ff9c92',
    '--meritloop-changed': '#3d3413',
  },
});
