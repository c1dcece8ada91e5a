/** Finds an installed Chrome or Chromium, which only the tests of the web page use. */
import { existsSync } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MACOS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * @param {NodeJS.ProcessEnv} env whose MERITLOOP_TEST_BROWSER, where it is set, is the browser
 * @returns {string | undefined} the program
 */
export function findBrowser(env) {
  const named = env['MERITLOOP_TEST_BROWSER'];
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const places = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [...(named === undefined ? [] : [named]), ...places, ...MACOS].find((file) => existsSync(file));
}
