/** The pages, in the order of the tabs. */
export const PAGES = [
  { to: '/parameters', name: 'Parameter Overview' },
  { to: '/impact', name: 'Impact Analysis' },
  { to: '/simulate', name: 'Run Simulation' },
  { to: '/results', name: 'Results' },
  { to: '/optimize', name: 'Auto-Optimize' },
  { to: '/assets', name: 'Assets' },
  { to: '/runs', name: 'Runs' },
] as const;
