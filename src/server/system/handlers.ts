/** Answers the routes about the server itself. */
import { deleteCookie, setCookie } from 'hono/cookie';
import { readJobLevels } from '../../simulation/seeds/job-levels.js';
import { readWorkforceSettings } from '../../simulation/seeds/settings.js';
import type { Caller } from '../access.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import { SESSION_COOKIE } from '../guard.js';
import { parameterInfos } from '../levers/views.js';
import { checkReadiness } from './readiness.js';
import * as routes from './routes.js';

const SESSION_SECONDS = 12 * 60 * 60;

export const systemHandlers = (server: ServerContext) => {
  const { access, client, config, version, startedAt } = server;
  const sessionOf = ({ user, role, authenticated_by }: Caller) => ({
    user,
    role,
    authenticated_by,
    version,
    temporal_ui: client.uiAddress ?? null,
  });
  return newApi()
    .openapi(routes.getHealth, (context) =>
      context.json({ status: 'ok' as const, version, uptime_seconds: (Date.now() - startedAt) / 1000 }, 200),
    )
    .openapi(routes.getReadiness, async (context) => {
      const readiness = await checkReadiness(server);
      return readiness.ready ? context.json(readiness, 200) : context.json(readiness, 503);
    })
    .openapi(routes.getSession, (context) => context.json(sessionOf(context.get('caller')), 200))
    .openapi(routes.postSession, (context) => {
      const { token } = context.req.valid('json');
      const caller = access.identify(token, undefined);
      if (caller.authenticated_by === 'token')
        setCookie(context, SESSION_COOKIE, token, {
          httpOnly: true,
          sameSite: 'Strict',
          path: '/',
          maxAge: SESSION_SECONDS,
          secure: new URL(context.req.url).protocol === 'https:',
        });
      return context.json(sessionOf(caller), 200);
    })
    .openapi(routes.deleteSession, (context) => {
      deleteCookie(context, SESSION_COOKIE, { path: '/' });
      return context.body(null, 204);
    })
    .openapi(routes.getSettings, async (context) => {
      const [settings, levels] = await Promise.all([
        readWorkforceSettings(config.seeds),
        readJobLevels(config.seeds),
      ]);
      return context.json(
        {
          ...settings,
          job_levels: levels.map(({ level_id, name, min_pay, max_pay, hire_midpoint }) => ({
            level_id,
            name,
            min: min_pay,
            max: max_pay,
            hire_midpoint,
          })),
          parameters: parameterInfos(),
        },
        200,
      );
    });
};
