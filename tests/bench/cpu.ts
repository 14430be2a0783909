import { readdirSync, readFileSync } from 'node:fs';

/** How many ticks Linux counts a second. */
const TICKS = 100;

/**
 * Seconds of processor that this process and a PostgreSQL have used so far. Beside the time on the wall
 * it tells work from waiting for others on the machine. Null where there is no /proc to ask.
 *
 * @param postmaster its process; those of connections are its children
 */
export function cpuSeconds(postmaster: number): number | null {
	const { user, system } = process.cpuUsage();
	try {
		const ticks = readdirSync('/proc')
			.filter((name) => /^\d+$/.test(name))
			.map((pid) => statOf(pid))
			.filter((stat) => stat.pid === postmaster || stat.parent === postmaster)
			// Of connections that have ended, the postmaster keeps the sum.
			.map((stat) => stat.own + (stat.pid === postmaster ? stat.ended : 0))
			.reduce((sum, one) => sum + one, 0);
		return (user + system) / 1e6 + ticks / TICKS;
	} catch {
		return null;
	}
}

/** Columns of proc(5), counted from behind the name, which may hold spaces. */
function statOf(pid: string) {
	let text = '';
	try {
		text = readFileSync(`/proc/${pid}/stat`, 'utf8');
	} catch {
		// It has ended meanwhile.
	}
	const [, parent, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const tick = (column: number) => Number(rest[column - 5] ?? 0);
	return {
		pid: Number(pid),
		parent: Number(parent),
		own: tick(14) + tick(15),
		ended: tick(16) + tick(17)
	};
}

/** What was used between two readings. */
export const spent = (before: number | null, after: number | null): number | null =>
	before === null || after === null ? null : after - before;
