/** Routes of companies. Every other route is about the company of its query `company`. */
import { createRoute, z } from '@hono/zod-openapi';
import * as companies from './companies.contract.js';
import { body, forApprovers, json, problems } from '../route-parts.js';

const tags = ['companies'];
const params = companies.companyParam;

export const getCompanies = createRoute({
  method: 'get',
  path: '/api/companies',
  tags,
  summary: 'List the companies of the home',
  responses: { 200: json(companies.companyList, 'The sample first, then by name.'), ...problems },
});

const bytes = z.string().meta({ format: 'binary' });

export const uploadCompanyFile = createRoute({
  method: 'put',
  path: '/api/company-files',
  tags,
  summary: 'Send a census file, to be read with the answers that it needs',
  description: 'The body is the file itself, in any of the formats of census files.',
  request: {
    query: companies.uploadName,
    body: { required: true, content: { 'application/octet-stream': { schema: bytes } } },
  },
  responses: { 201: json(companies.uploadedFile, 'It is kept for a day.'), ...problems },
});

export const postCompany = createRoute({
  method: 'post',
  path: '/api/companies',
  tags,
  summary: 'Make a company of an uploaded census, or the next version of one that is there',
  description: 'What the file leaves open is refused with 422; a dry run answers with the questions.',
  request: { body: body(companies.companyStart) },
  responses: {
    200: json(companies.companyReport, 'What the file says: nothing was stored.'),
    201: json(companies.companyReport, 'It is stored.'),
    ...problems,
  },
});

export const getCompanySettings = createRoute({
  method: 'get',
  path: '/api/companies/{company}/settings',
  tags,
  summary: 'Settings of a company with unit and range, and what its census says of them',
  request: { params },
  responses: { 200: json(companies.companySettings, 'As they stand.'), ...problems },
});

export const putCompanySettings = createRoute({
  method: 'put',
  path: '/api/companies/{company}/settings',
  tags,
  summary: 'Change settings: the next version of the company',
  request: { params, body: body(companies.settingsChange) },
  responses: { 200: json(companies.companyDetails, 'The new version.'), ...problems },
});

export const useCompany = createRoute({
  method: 'put',
  path: '/api/companies/in-use',
  tags,
  summary: 'Make a company the one that commands without --company mean',
  request: { body: body(companies.companyUse) },
  responses: { 200: json(companies.companyUsed, 'It is.'), ...problems },
});

export const getCompany = createRoute({
  method: 'get',
  path: '/api/companies/{company}',
  tags,
  summary: 'People, levels, segments and oddities of a company',
  request: { params, query: companies.versionQuery },
  responses: { 200: json(companies.companyDetails, 'As it stands, or stood in that version.'), ...problems },
});

export const getCompanyHistory = createRoute({
  method: 'get',
  path: '/api/companies/{company}/history',
  tags,
  summary: 'The versions of a company',
  request: { params },
  responses: { 200: json(companies.companyVersions, 'The newest first; the sample has none.'), ...problems },
});

export const rollbackCompany = createRoute({
  method: 'post',
  path: '/api/companies/{company}/rollback',
  tags,
  summary: 'Make an earlier version of a company the newest one',
  request: { params, body: body(companies.companyRollback) },
  responses: { 200: json(companies.companyDetails, 'The new version.'), ...problems },
});

export const removeCompany = createRoute({
  method: 'delete',
  path: '/api/companies/{company}',
  ...forApprovers,
  tags,
  summary: 'Remove a company with its runs, simulations and levers',
  request: { params },
  responses: { 204: { description: 'It is gone.' }, ...problems },
});
