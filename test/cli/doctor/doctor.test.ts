/** The checks of `doctor` compare versions as numbers and name the fix. */
import { expect, test } from '@jest/globals';
import { atLeast } from '../../../src/cli/doctor/finding.js';
import { checkNode } from '../../../src/cli/doctor/tools.js';
import { renderFindings } from '../../../src/cli/doctor/command.js';
import { PLAIN } from '../../../src/cli/render/style.js';

test.each([
  ['20.19.0', '20.19', true],
  ['20.9.0', '20.19', false],
  ['22.0.0', '20.19', true],
  ['18.20.1', '20.19', false],
  ['3.9', '3.10', false],
  ['3.11.7', '3.10', true],
])('%s is at least %s: %s', (version, least, expected) => {
  expect(atLeast(version, least)).toBe(expected);
});

test('each finding is a line, and what is wrong has its fix below', () => {
  const findings = [checkNode('20.20.0'), checkNode('18.0.0')];
  expect(renderFindings(findings, PLAIN)).toBe(
    `
pass  Node  20.20.0
fail  Node  18.0.0 is older than 20.19
            fix: Install Node 20.19 or newer.`.trimStart(),
  );
});
