import { seededDatabase } from './database';
import { check } from './check';
import { startPostgres } from '../support/postgres';
import { makeWorld } from './world';

/** `npm run probe`: does anybody see what is not theirs, or not see what is? */
const server = await startPostgres({ fsync: false });
const world = makeWorld();
const name = await seededDatabase(server, world);
const began = performance.now();
const report = await check({ owner: server.url(name), gateway: server.url(name, 'authenticator'), world });
const seconds = ((performance.now() - began) / 1000).toFixed(1);
for (const leak of report.leaks.slice(0, 50)) process.stdout.write(`LEAK ${leak}\n`);
for (const one of report.overdenials.slice(0, 50)) process.stdout.write(`OVERDENIAL ${one}\n`);
process.stdout.write(`in ${seconds} s\n${report.line}\n`);
await server.stop();
process.exit(report.clean && report.probes >= 10_000 ? 0 : 1);
