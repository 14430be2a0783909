import { newDisk, type Disk } from './disk';
import { PhoneLocks } from './locks';
import { Tab } from './tab';
import type { World } from './world';

/** A phone, whoever holds it. */
export type Phone = {
	disk: Disk;
	device_id: string;
	/** Who is signed in; the empty text: nobody. */
	session: string;
	/** How many days its clock is wrong. */
	ahead: number;
	/** Null where the browser has none: on plain http. */
	locks: PhoneLocks | null;
};

export function newPhone(n: number, session: string): Phone {
	const device_id = `d0000000-0000-7000-8000-00000000000${n}`;
	const locks = n % 2 === 0 ? new PhoneLocks() : null;
	return { disk: newDisk(), device_id, session, ahead: 0, locks };
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
		const tab = await Tab.open(this);
		this.tabs.push(tab);
		return tab;
	}

	open(): Tab[] {
		return (this.tabs = this.tabs.filter((tab) => tab.alive));
	}

	/** The application is closed; opens it again with nothing but what the disk has. */
	async reopened(): Promise<Tab> {
		for (const tab of this.open()) tab.kill();
		return this.openTab();
	}
}
