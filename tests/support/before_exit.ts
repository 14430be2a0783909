type Work = () => void;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const works = new Set<Work>();

/**
 * Runs `work` when this process ends in any way that lets it, a signal too: vitest ends its workers
 * with one, and a failed test stops nothing. It must be synchronous.
 * @returns a function that takes it back
 */
export function beforeExit(work: Work) {
	if (works.size === 0) listen();
	works.add(work);
	return () => {
		works.delete(work);
		if (works.size === 0) unlisten();
	};
}

function listen() {
	process.on('exit', runAll);
	for (const signal of signals) process.on(signal, exit);
}

function unlisten() {
	process.off('exit', runAll);
	for (const signal of signals) process.off(signal, exit);
}

function runAll() {
	for (const work of works) work();
}

/**
 * Listening to a signal keeps it from ending the process, so we have to; unless others listen too:
 * they end it in their own way, which comes to `exit`.
 */
function exit(signal: NodeJS.Signals) {
	if (process.listenerCount(signal) === 1) process.exit(130);
}
