/** Routes of schedules. */
import { createRoute } from '@hono/zod-openapi';
import * as schedules from './schedules.contract.js';
import { body, json, problems } from '../route-parts.js';

const tags = ['schedules'];
const { scheduleParam: params } = schedules;

export const getSchedules = createRoute({
  method: 'get',
  path: '/api/schedules',
  tags,
  summary: 'List the schedules; a new one may take a moment to be listed',
  responses: { 200: json(schedules.scheduleList, 'By name.'), ...problems },
});

export const postSchedule = createRoute({
  method: 'post',
  path: '/api/schedules',
  tags,
  summary: 'Create a schedule',
  request: { body: body(schedules.scheduleStart) },
  responses: { 201: json(schedules.scheduleDetails, 'As it stands.'), ...problems },
});

export const getSchedule = createRoute({
  method: 'get',
  path: '/api/schedules/{name}',
  tags,
  summary: 'One schedule',
  request: { params },
  responses: { 200: json(schedules.scheduleDetails, 'As it stands.'), ...problems },
});

export const pauseSchedule = createRoute({
  method: 'post',
  path: '/api/schedules/{name}/pause',
  tags,
  summary: 'Let a schedule start nothing until it is resumed',
  request: { params, body: body(schedules.schedulePause) },
  responses: { 200: json(schedules.scheduleDetails, 'As it stands.'), ...problems },
});

export const resumeSchedule = createRoute({
  method: 'post',
  path: '/api/schedules/{name}/resume',
  tags,
  summary: 'Let a paused schedule go on',
  request: { params },
  responses: { 200: json(schedules.scheduleDetails, 'As it stands.'), ...problems },
});

export const triggerSchedule = createRoute({
  method: 'post',
  path: '/api/schedules/{name}/trigger',
  tags,
  summary: 'Start a run now, under the overlap rule of the schedule',
  request: { params },
  responses: { 202: json(schedules.triggered, 'What it led to.'), ...problems },
});

export const deleteSchedule = createRoute({
  method: 'delete',
  path: '/api/schedules/{name}',
  tags,
  summary: 'Delete a schedule; runs that it started stay',
  request: { params },
  responses: { 204: { description: 'It is gone.' }, ...problems },
});
