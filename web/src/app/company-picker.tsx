/** Names the company that the page is about, and opens another. */
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { companiesQuery } from '../api/queries.js';
import { company, openCompany } from './company.js';

export function CompanyPicker() {
  const { data } = useQuery(companiesQuery);
  const shown = company ?? data?.asked ?? '';
  const listed = data?.companies ?? [];
  const words = listed.map(({ company: name, version, active }) => ({
    value: name,
    label: `${name}${version === null ? '' : `, version ${version}`} (${active.toLocaleString('en-US')} people)`,
  }));
  return (
    <NativeSelect
      size="xs"
      label="Company"
      data={words.some(({ value }) => value === shown) ? words : [{ value: shown, label: shown }, ...words]}
      value={shown}
      onChange={({ currentTarget }) => openCompany(currentTarget.value)}
    />
  );
}
