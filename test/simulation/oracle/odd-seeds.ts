/** Seeds that are allowed but unlike the delivered ones: hazards and shapes of zero, equal shares, edges in cents. */
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** `child` inherits from `middle`, `middle` and `lone` from `default`; `unlisted` stands in lever rows only. */
export const SCENARIOS = ['child', 'middle', 'lone', 'unlisted'];

const SCENARIO_FILE = `scenario_id,parent_id,description
default,,
middle,default,
child,middle,
lone,,
`;

const ODD_FILES: Readonly<Record<string, string>> = {
  'config_job_levels.csv': `level_id,name,min_pay,max_pay,hire_midpoint
1,A,0.01,80000,33333.33
2,B,55999.99,120000,100500.01
3,C,80999.99,160000,140500
4,D,161000.01,300000,205500
5,E,274999.99,500000,312500.99
`,
  'config_termination_hazard.csv': `dimension,lower_bound,factor
base,0,0.999999
level,1,1.3
level,2,0
level,3,0.8
level,4,0.7
level,5,0.6
age,0,0
age,35,1.000001
age,64,3
tenure,0,1.8
tenure,1,0.333333
tenure,7,0
tenure,11,0.4
`,
  'config_promotion_shape.csv': `dimension,lower_bound,factor
age,0,0
age,40,1.4
age,55,0.3
tenure,0,0.5
tenure,3,0
tenure,4,9.5
tenure,20,0.2
`,
  'config_raise_months.csv': `month,share
1,0
2,3
3,0
4,0
5,0
6,1
7,1
8,0
9,0
10,0
11,0
12,3
`,
  'config_hire_levels.csv': `level_id,share
1,1
2,1
3,1
4,0
5,1
`,
  'config_hire_ages.csv': `age,share
16,0.333333
29,0.333333
63,0.2
65,0.1
80,0.05
`,
};

/** Copies the delivered seeds beside a richer `scenarios.csv`. */
export async function writeDeliveredSeeds(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, filter: (file) => !file.endsWith('.parquet') });
  await writeFile(path.join(to, 'scenarios.csv'), SCENARIO_FILE);
}

export async function writeOddSeeds(from: string, to: string): Promise<void> {
  await writeDeliveredSeeds(from, to);
  for (const [file, text] of Object.entries(ODD_FILES)) await writeFile(path.join(to, file), text);
}
