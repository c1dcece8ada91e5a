/** Exports in the style of six human-resources systems: invented people, ten levels, part-timers, departments. */
import { stringify } from 'csv-stringify/sync';

export interface ExportStyle {
  readonly name: string;
  readonly headings: readonly [
    id: string,
    birth: string,
    hire: string,
    left: string,
    pay: string,
    level: string,
    department: string,
  ];
  readonly delimiter: ',' | ';' | '\t';
  readonly date: (iso: string) => string;
  readonly pay: (usd: number) => string;
  readonly level: (level: number) => string;
  readonly title: readonly string[];
}

const american = (iso: string): string => `${iso.slice(5, 7)}/${iso.slice(8)}/${iso.slice(0, 4)}`;
const german = (iso: string): string => `${iso.slice(8)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}`;
const plain = (usd: number): string => usd.toFixed(2);

export const STYLES: readonly ExportStyle[] = [
  {
    name: 'Workday',
    headings: [
      'Employee ID',
      'Date of Birth',
      'Hire Date',
      'Termination Date',
      'Total Base Pay Annualized',
      'Management Level',
      'Supervisory Organization',
    ],
    delimiter: ',',
    date: american,
    pay: (usd) => usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    level: (n) => `IC${n}`,
    title: ['Worker census as of 12/31/2024', ''],
  },
  {
    name: 'SAP SuccessFactors',
    headings: [
      'personIdExternal',
      'dateOfBirth',
      'startDate',
      'endDate',
      'annualSalary',
      'payGrade',
      'department',
    ],
    delimiter: ';',
    date: german,
    pay: (usd) => usd.toLocaleString('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    level: (n) => `GR_${String(n).padStart(2, '0')}`,
    title: [],
  },
  {
    name: 'ADP',
    headings: [
      'Associate ID',
      'Birth Date',
      'Hire Date',
      'Termination Date',
      'Annual Salary',
      'Pay Grade',
      'Home Department',
    ],
    delimiter: ',',
    date: american,
    pay: (usd) => `$${usd.toFixed(2)}`,
    level: (n) => String(n),
    title: [],
  },
  {
    name: 'BambooHR',
    headings: [
      'Employee Number',
      'Birth Date',
      'Hire Date',
      'Termination Date',
      'Pay rate',
      'Job Level',
      'Division',
    ],
    delimiter: ',',
    date: (iso) => iso,
    pay: (usd) => `${plain(usd)} USD`,
    level: (n) => `L${n}`,
    title: [],
  },
  {
    name: 'UKG',
    headings: [
      'Employee Number',
      'Date Of Birth',
      'Last Hire Date',
      'Date Of Termination',
      'Annual Pay',
      'Salary Grade',
      'Department',
    ],
    delimiter: '\t',
    date: american,
    pay: plain,
    level: (n) => `Band ${n}`,
    title: ['Active and terminated', ''],
  },
  {
    name: 'Oracle',
    headings: [
      'Person Number',
      'DATE_OF_BIRTH',
      'Start Date',
      'End Date',
      'Salary Amount',
      'Grade',
      'Business Unit',
    ],
    delimiter: ',',
    date: (iso) => `${iso}T00:00:00.000+00:00`,
    pay: plain,
    level: (n) => `Grade ${n}`,
    title: [],
  },
];

const LEVELS = 10;
/** What a level pays in the middle, USD a year. */
export const middlePay = (level: number): number => Math.round(52_000 * 1.17 ** (level - 1));

/** @param people of whom about a tenth left in the last year */
export function exportOf(style: ExportStyle, people = 700): string {
  let state = Buffer.from(style.name).reduce((sum, byte) => (sum * 31 + byte) % 2_147_483_647, 7);
  const chance = (): number => {
    state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647 || 1;
    return state / 2_147_483_647;
  };
  const day = (year: number): string =>
    `${year}-${String(1 + Math.floor(chance() * 12)).padStart(2, '0')}-${String(1 + Math.floor(chance() * 28)).padStart(2, '0')}`;
  const rows = Array.from({ length: people }, (_, index) => {
    const level = 1 + Math.min(LEVELS - 1, Math.floor(-Math.log(1 - chance()) * 2.6));
    const born = 2024 - 23 - Math.floor(chance() * 38);
    const tenure = Math.min(2024 - born - 20, Math.floor(-Math.log(1 - chance()) * 5));
    const left = tenure > 1 && chance() < 0.1 ? day(2024) : '';
    const pay = middlePay(level) * (0.9 + chance() * 0.2);
    const [birth, hire] = [day(born), day(2024 - tenure)];
    return [
      String(10_000 + index),
      style.date(birth),
      style.date(hire),
      left === '' ? '' : style.date(left),
      style.pay(pay),
      style.level(level),
      ['Engineering', 'Sales', 'Operations'][Math.floor(chance() * 3)] ?? '',
    ];
  });
  const table = stringify([[...style.headings], ...rows], { delimiter: style.delimiter });
  return [...style.title.map((line) => `${line}\n`), table].join('');
}
