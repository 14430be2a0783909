import { parseArgs } from 'node:util';
import { build } from '../../src/run/build.js';
import { killBrowser } from './browser';
import { killServer } from './server';

/** `npm run kill [-- browser|server] [--times N]`: each is killed in the middle of writes, so many times. */
const { values, positionals } = parseArgs({
	options: { times: { type: 'string', default: '100' } },
	allowPositionals: true
});
const times = Number(values.times);
const kills = { browser: killBrowser, server: killServer };
await build();

let gone = 0;
for (const [name, kill] of Object.entries(kills)) {
	if (positionals.length > 0 && !positionals.includes(name)) continue;
	const { acknowledged, lost } = await kill(times);
	gone += lost;
	process.stdout.write(`${name} killed ${times} acknowledged ${acknowledged} lost ${lost}\n`);
}
process.exit(gone === 0 ? 0 : 1);
