const RealDate = Date;
let ahead = 0;

/** From now on the clock of the phone in hand is this many days ahead of the true time. */
export function setClock(days: number): void {
	ahead = days * 86_400_000;
}

class PhoneDate extends RealDate {
	constructor(...args: [] | [number | string | Date]) {
		if (args.length === 0) super(PhoneDate.now());
		else super(args[0]);
	}
	static override now(): number {
		return RealDate.now() + ahead;
	}
}

/** Lets everything that asks for the time ask the phone. */
export function wearClock(): void {
	globalThis.Date = PhoneDate as DateConstructor;
}
