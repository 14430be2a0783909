import type { Caller } from './callers';
import type { Knock } from './knock';
import type { Report } from './report';
import type { Truth } from './truth';

/** Somebody at the door: how they knock, what is theirs to see, and where it is written down. */
export type Door = {
	knock: Knock;
	who: Caller;
	truth: Truth;
	report: Report;
};
