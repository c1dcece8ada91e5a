/** Headings under which exports of human-resources systems name what a census holds. */

/** Columns that are read, and columns that change what those mean. */
export const CENSUS_FIELDS = [
  'employee_id',
  'birth_date',
  'hire_date',
  'termination_date',
  'annual_salary',
  'job_level',
  'fte',
  'weekly_hours',
  'currency',
  'pay_unit',
  'status',
] as const;
export type CensusField = (typeof CENSUS_FIELDS)[number];

/** A census has none without these. */
export const NEEDED_FIELDS = ['employee_id', 'birth_date', 'hire_date', 'annual_salary'] as const;

/** The words of a list that is written over several lines. */
const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Letters and digits alone, in small letters; the more usual a heading, the earlier. */
export const HEADINGS: Readonly<Record<CensusField, readonly string[]>> = {
  employee_id: list(`
    employeeid empid employeenumber employeeno empno empnumber employeecode workerid personid
    personnumber personno personnelnumber personnelno personalnummer pernr staffid staffnumber
    associateid fileno filenumber payrollid userid eeid assignmentnumber personidexternal
    mitarbeiternummer matricule id
  `),
  birth_date: list(`
    birthdate dateofbirth dob birthday geburtsdatum gebdat datedenaissance birthdt dateofbirthdob
    employeebirthdate birth
  `),
  hire_date: list(`
    hiredate dateofhire datehired lasthiredate mostrecenthiredate rehiredate startdate dateofjoining
    joiningdate joindate entrydate originalhiredate continuousservicedate servicedate
    employmentstartdate employmentdate eintrittsdatum eintritt latesthiredate effectivestartdate hired
    doh
  `),
  termination_date: list(`
    terminationdate dateofterminate dateoftermination termdate enddate leavingdate leavedate exitdate
    lastday lastdayofwork lastworkingday separationdate terminated employmentenddate austrittsdatum
    austritt contractenddate effectiveenddate terminationdt dot
  `),
  annual_salary: list(`
    annualsalary annualbasepay basesalary basepay annualpay annualrate salary annualbasesalary
    totalbasepay totalbasepayannualized annualizedpay annualizedbasepay payrate rateofpay compensation
    annualcompensation primarycompensationbasepay salaryamount compensationrate comprate annualrt
    baserate basecompensation hourlyrate monthlysalary grosssalary grossannualsalary jahresgehalt gehalt
    bruttojahresgehalt monatsgehalt grundgehalt pay amount currentsalary payamount ftesalary
    fulltimesalary annualamount
  `),
  job_level: list(`
    joblevel level grade jobgrade paygrade payband band salarygrade compensationgrade gradelevel
    careerlevel managementlevel jobband stufe tarifgruppe positionlevel salaryband compgrade
    payscalegroup
  `),
  fte: list(`
    fte ftepercent ftepct fulltimeequivalent ftevalue employmentpercentage capacityutilizationlevel
    beschaftigungsgrad workpercent fteratio standardftes
  `),
  weekly_hours: list(`
    weeklyhours hoursperweek standardhours scheduledweeklyhours defaultweeklyhours hoursweek
    workinghours contractedhours weeklyworkinghours wochenstunden stdhours standardweeklyhours
  `),
  currency: list(`
    currency ccy paycurrency currencycode salarycurrency currencycd payratecurrency wahrung
    compensationcurrency basepaycurrency localcurrency curr
  `),
  pay_unit: list(`
    paytype payfrequency payratetype ratetype frequency payper paidper salarybasis payperiod
    compensationfrequency salarytype payrateperiod basepayfrequency hourlysalaried salariedhourly
    comfreq compfrequency payunit paybasis hourlyorsalary flsapaytype
  `),
  status: list(`
    status employmentstatus employeestatus activestatus workerstatus active emplstatus
  `),
};

/** What results may be broken down by. */
export const SEGMENT_HEADINGS: readonly string[] = list(`
    department dept departmentname location site office worklocation country region state businessunit
    division costcenter costcentre company companyname legalentity entity function jobfamily jobfunction
    gradefamily manager managername supervisor team organization orgunit supervisoryorganization
    homedepartment abteilung standort employeeclass employmenttype workertype employeegroup unit
    homedepartmentdescription locationdescription city performancerating rating
  `);

/** A heading as the lists above write it. */
export const plainHeading = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, '');

/** What a heading says of the pay below it, such as `hourlyrate`. */
export const UNIT_OF_HEADING: readonly (readonly [
  pattern: RegExp,
  unit: 'hourly' | 'monthly' | 'weekly' | 'biweekly',
])[] = [
  [/hourly|perhour|stundenlohn/, 'hourly'],
  [/monthly|permonth|monats/, 'monthly'],
  [/biweekly/, 'biweekly'],
  [/weekly(?!hours)|perweek/, 'weekly'],
];
