import { parseArgs } from 'node:util';
import { build } from '../../src/run/build.js';
import { killServer } from './server';

/** `npm run kill [-- --times N]`: the server is killed in the middle of writes. */
const { values } = parseArgs({ options: { times: { type: 'string', default: '100' } } });
const times = Number(values.times);
await build();
const lost = await killServer(times);
process.stdout.write(`kill server ${times} lost ${lost}\n`);
process.exit(lost === 0 ? 0 : 1);
