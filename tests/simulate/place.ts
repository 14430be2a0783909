import type { Tab } from './tab';
import type { World } from './world';

/** A phone, whoever holds it. */
export type Phone = {
	n: number;
	device_id: string;
	/** Who is signed in; the empty text: nobody. */
	session: string;
	/** How many days its clock is wrong. */
	ahead: number;
	/** Not where the browser has none: on plain http. */
	has_locks: boolean;
};

export function newPhone(n: number, session: string): Phone {
	const device_id = `d0000000-0000-7000-8000-00000000000${n}`;
	return { n, device_id, session, ahead: 0, has_locks: n % 2 === 0 };
}

/** One person on one phone: what they wrote there is in one database, and only there. */
export class Place {
	tabs: Tab[] = [];
	/** Something may wait for which nobody has asked that it be sent. */
	unasked = false;

	constructor(
		readonly world: World,
		readonly phone: Phone,
		readonly person_id: string
	) {}

	/** One of the open tabs; opens the application when there is none. */
	async tab(which = 0): Promise<Tab> {
		const open = this.open();
		return open[which % Math.max(1, open.length)] ?? this.openTab();
	}

	async openTab(): Promise<Tab> {
		const tab = await this.world.target.phones.open(this);
		this.tabs.push(tab);
		return tab;
	}

	open(): Tab[] {
		return (this.tabs = this.tabs.filter((tab) => tab.alive));
	}

	/** The application is closed; opens it again with nothing but what the disk has. */
	async reopened(): Promise<Tab> {
		for (const tab of this.open()) await tab.kill();
		return this.openTab();
	}
}
