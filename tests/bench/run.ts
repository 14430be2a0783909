import { build } from '../../src/run/build.js';
import { calibration } from './calibration';
import { cityPages } from './city_pages';
import { households } from './households';
import { peers } from './peers/peers';
import { people } from './people';
import { phone } from './phone';
import { pushAndPull } from './push_pull';
import { questions } from './questions';
import { serverPull } from './server_pull';
import { serverPush } from './server_push';
import { serverStart } from './server_start';
import { store } from './store';
import { units } from './units';

/** `npm run bench [name …]`: prints one JSON object a line; exit code 1 when a budget is broken. */
const benches = {
	calibration,
	serverStart,
	serverPush,
	serverPull,
	pushAndPull,
	people,
	store,
	phone,
	households,
	questions,
	peers,
	units,
	cityPages
};
/** What takes ten minutes and as many gigabytes is run when it is asked for. */
const onlyAsked = ['cityPages'];
const asked = process.argv.slice(2);

await build();
let broken = false;
for (const [name, bench] of Object.entries(benches)) {
	if (asked.length > 0 ? !asked.includes(name) : onlyAsked.includes(name)) continue;
	process.stderr.write(`${name} …\n`);
	for (const line of await bench()) {
		process.stdout.write(`${JSON.stringify(line)}\n`);
		broken ||= line.ok === false;
	}
}
process.exit(broken ? 1 : 0);
