import pino, { type Logger } from 'pino';

/**
 * The server's log: JSON lines on stderr. It is given codes, names of functions, statuses and
 * times, never arguments, bodies, cookies or names of people, so there is nothing to redact.
 */
export function openLog(level: string): Logger {
	return pino({ level, base: undefined }, pino.destination({ fd: 2, sync: false }));
}
