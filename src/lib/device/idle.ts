const SOON = 2000;

/**
 * Runs something when the browser has nothing else to do, at the earliest in a moment.
 * @returns lets it be
 */
export function whenIdle(run: () => void): () => void {
	let idle: number | undefined;
	const timer = setTimeout(() => {
		// Absent in Safari; then the moment has to do.
		if (typeof requestIdleCallback === 'undefined') run();
		else idle = requestIdleCallback(run);
	}, SOON);
	return () => {
		clearTimeout(timer);
		if (idle !== undefined) cancelIdleCallback(idle);
	};
}
