import { withOwner } from '../support/databases';
import { CITY_DIR, openCity } from './city/make';
import { sizes } from './city/sizes';
import { within } from './line';

/** `npm run bench:city`: makes the city that `npm run bench -- cityPages` asks, and says how large it is. */
const began = performance.now();
process.stderr.write(`A city in ${CITY_DIR} …\n`);
const { postgres, url } = await openCity((step, seconds) =>
	process.stderr.write(`${step}: ${seconds.toFixed(1)} s\n`)
);
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
print(within('city.made', (performance.now() - began) / 1000, 's', 600));
await withOwner(url(), async (owner) => {
	for (const line of await sizes(owner)) print(line);
});
await postgres.stop();
process.exit(0);
