/** Bad words and bad files: exit 2, naming what is wrong, and not a byte of the home changes. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { leversHome, sampleLevers, type LeversHome } from './levers-home.js';

let levers: LeversHome;
beforeEach(async () => {
  levers = await leversHome();
});
afterEach(() => levers.remove());

describe('a bad', () => {
  beforeEach(() => levers.run('show'));

  test.each([
    [['set', 'merit_base'], '<assignment> = merit_base: must look like merit_base=.035'],
    [['set'], '<assignment> = "": must name a parameter and its value'],
    [['set', 'bonus=1'], '<assignment> = bonus=1: must set one of merit_base, '],
    [['set', 'merit_base=4%'], 'merit_base = 4%: must be a number'],
    [['set', 'merit_base='], 'merit_base = "": must be a number'],
    [['set', 'merit_base=.6'], 'merit_base = .6: must be from 0 to 0.5'],
    [['set', 'new_hire_salary_adjustment=.4'], 'new_hire_salary_adjustment = .4: must be from 0.5 to 3'],
    [['set', 'cola_rate=.01', 'cola_rate=.02'], 'cola_rate = .02: must be set once only'],
    [['set', 'cola_rate=.01', '--years', '2019'], '--years = 2019: must be numbers from 2020 to 2060'],
    [['set', 'cola_rate=.01', '--years', '2027-2025'], '--years = 2027-2025: must be numbers'],
    [['set', 'cola_rate=.01', '--level', '0'], '--level = 0: must be numbers from 1 to 5'],
    [['set', 'cola_rate=.01', '--scenario', '../x'], '--scenario = ../x: must be letters'],
    [['set', 'cola_rate=.01', '--by', ' '], '--by = " ": must not be empty'],
    [['set', 'cola_rate=.01', '--expected', 'abcdef'], 'no lever set abcdef'],
    [['rollback'], 'scenario default has 0 sets of levers before the current one'],
    [['rollback', '--steps', '0'], '--steps = 0: must be a whole number from 1'],
    [['rollback', '--to', 'abcdef'], 'no lever set abcdef'],
    [['import', 'none.csv'], 'no file at '],
  ])('%j is refused and changes nothing', async (argv, problem) => {
    const before = await levers.contents();
    const { exitCode, stdout, stderr } = await levers.run(...argv, '--reason', 'x');
    expect(stderr.replace(' = : ', ' = "": ').replace('=  :', '= " ":')).toContain(problem);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(await levers.contents()).toEqual(before);
  });

  test.each([
    ['an empty reason', ['set', 'cola_rate=.01', '--reason', ' '], '--reason'],
    ['no reason', ['set', 'cola_rate=.01'], "required option '--reason <text>' not specified"],
    [
      'a set and a number of steps',
      ['rollback', '--to', 'abcdef', '--steps', '1', '--reason', 'x'],
      'cannot be used with',
    ],
    ['an unknown set', ['diff', 'nothing'], 'no lever set nothing'],
    ['no earlier set', ['diff'], 'scenario default has 0 sets of levers before the current one'],
    ['a scenario that is none', ['show', '--scenario', 'nothing'], 'scenario nothing is unknown'],
  ])('%s: %j', async (_, argv, problem) => {
    const before = await levers.contents();
    const { exitCode, stderr } = await levers.run(...argv);
    expect(stderr).toContain(problem);
    expect(exitCode).toBe(2);
    expect(await levers.contents()).toEqual(before);
  });

  test.each([
    ['out of its hard range', (text: string) => text.replace('0.04', '0.6'), 'line 2: parameter_value = 0.6'],
    [
      'of a scenario that the import is not for',
      (text: string) => text.replaceAll(/^default/gm, 'growth'),
      'growth',
    ],
    ['without a column', (text: string) => text.replace('is_locked', 'lock'), 'column is_locked is missing'],
    ['cut off', (text: string) => text.slice(0, 5000), 'fields'],
  ])('file %s is not imported and changes nothing', async (_, spoil, problem) => {
    const file = await levers.file('bad.csv', spoil(await sampleLevers()));
    const before = await levers.contents();
    const { exitCode, stderr } = await levers.run('import', file, '--reason', 'x');
    expect(stderr).toContain(problem);
    expect(exitCode).toBe(2);
    expect(await levers.contents()).toEqual(before);
  });
});
