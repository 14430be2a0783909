// `npm start`: install, build, prepare, serve; each only when it is needed.
// This file and node_version.js keep to old syntax, so that an old Node can read them and refuse.
import { nodeRefusal } from './node_version.js';

const refusal = nodeRefusal(process.versions.node);
if (refusal) {
	process.stderr.write(refusal + '\n');
	process.exitCode = 1;
} else {
	import('./launch.js').then(({ launch }) => launch());
}
