/** Ctrl K (or ⌘K): goes to any page, run or scenario by its name. */
import { Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { runsQuery, scenariosQuery } from '../api/queries.js';
import { percent } from '../ui/number.js';
import { plainWords } from '../ui/words.js';
import { PAGES } from './pages.js';
import { usePageContext } from './use-context.js';

const RUNS_SHOWN = 50;

export function Palette() {
  const navigate = useNavigate();
  const { chosen, choose } = usePageContext();
  const runs = useQuery({ ...runsQuery, refetchInterval: false }).data?.runs ?? [];
  const scenarios = useQuery(scenariosQuery).data?.scenarios ?? [];
  return (
    <Spotlight
      shortcut={['mod + K']}
      limit={12}
      nothingFound="Nothing of that name"
      searchProps={{ placeholder: 'A page, a run, a scenario', 'aria-label': 'Go to' }}
      actions={[
        ...PAGES.map(({ to, name }) => ({
          id: to,
          label: name,
          description: 'page',
          onClick: () => void navigate({ to, search: chosen as never }),
        })),
        ...scenarios.map(({ scenario_id, description }) => ({
          id: `scenario ${scenario_id}`,
          label: scenario_id,
          description: `scenario: ${description}`,
          onClick: () => choose({ ...chosen, scenario: scenario_id }),
        })),
        ...runs.slice(0, RUNS_SHOWN).map(({ run_id, status, final_growth }) => ({
          id: `run ${run_id}`,
          label: run_id,
          description: `run: ${plainWords(status)}, ${percent(final_growth)}`,
          onClick: () => void navigate({ to: '/optimize', search: { ...chosen, run: run_id } as never }),
        })),
      ]}
    />
  );
}
