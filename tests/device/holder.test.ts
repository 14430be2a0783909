import { describe, expect, test } from 'vitest';
import { ApiError } from '../../src/lib/data/problem';
import type { Session } from '../../src/lib/data/session';
import type { Me } from '../../src/lib/domain/me';
import { Device } from '../../src/lib/device/device';
import { Holder, PERSON, type Surroundings } from '../../src/lib/device/holder';
import { DeviceError } from '../../src/lib/device/problem';
import { TestClock } from '../sync/clock';
import { Server } from '../sync/server';
import { BUOI, CAM, changeOf, emptyBrowser, GROUP_3, newHousehold, newVisit } from './support';

emptyBrowser();

/** A browser with notes that outlive the page, a network that can go, and a sign-in of its own. */
class Browser {
	online = true;
	signed_in: string | null = null;
	/** What the browser knows of the sign-in without asking. */
	cookie: string | null = null;
	server = new Server();
	clock = new TestClock();
	notes = new Map<string, string>();
	asked_to_protect = 0;
	#sessions = 0;

	constructor() {
		this.server.members.set(BUOI, [GROUP_3]).set(CAM, [GROUP_3]);
	}

	signIn(person_id: string): void {
		this.signed_in = person_id;
		this.cookie = person_id;
		this.#sessions += 1;
	}

	/** Opens the app, as far as it gets. */
	async open(more: Partial<Surroundings> = {}): Promise<Holder> {
		const holder = new Holder({ ...this.#surroundings(), ...more });
		await holder.flush();
		return holder;
	}

	#surroundings(): Surroundings {
		return {
			open: Device.open,
			clock: this.clock,
			locks: null,
			app_version: '1',
			notes: {
				getItem: (key) => this.notes.get(key) ?? null,
				setItem: (key, value) => void this.notes.set(key, value),
				removeItem: (key) => void this.notes.delete(key)
			},
			protect: async (ask) => {
				if (ask) this.asked_to_protect += 1;
				return ask ? 'protected' : 'not_protected';
			},
			fetchSession: async () => this.#session(),
			lastSignedIn: () => this.cookie,
			endSession: async () => {
				if (!this.online) throw new ApiError(0, 'offline');
				this.signed_in = null;
			},
			connect: (who, ask) => ({
				person_id: who.person_id,
				rpc: async (name, args) => {
					const session = await ask();
					if (session.person_id !== who.person_id) throw new ApiError(401, 'other_person');
					if (name === 'me') return meOf(who.person_id) as never;
					if (name === 'catalogue') return { version: '1', entries: [] } as never;
					return this.server.call(who.person_id, name, args);
				}
			})
		};
	}

	#session(): Session {
		if (!this.online) throw new ApiError(0, 'offline');
		if (!this.signed_in) throw new ApiError(401, 'signed_out');
		const claims = btoa(JSON.stringify({ sid: `session ${this.#sessions}` }));
		return {
			person_id: this.signed_in,
			name: '',
			demo: false,
			token: `head.${claims}.sign`,
			expires_at: 0,
			api: { url: '', key: '' },
			fresh_until: 0
		};
	}
}

function meOf(person_id: string): Me {
	return {
		person_id,
		name: person_id === BUOI ? 'Trần Thị Bưởi' : 'Lê Văn Cam',
		demo: false,
		team_name: null,
		city: { id: 'dn', name: 'Đà Nẵng' },
		roles: [],
		verbs: ['record'],
		groups: [],
		home: 'log'
	};
}

const labels = (holder: Holder) =>
	holder.work?.device.households().map((household) => household.label);

describe('opening', () => {
	test('shows a person’s records without a network', async () => {
		const browser = new Browser();
		browser.signIn(BUOI);
		const first = await browser.open();
		await first.save([newHousehold('Nhà cô Năm')]);
		await first.flush();
		first.stop();

		browser.online = false;
		const holder = await browser.open();
		expect(holder.state).toBe('ready');
		expect(holder.work?.me?.name).toBe('Trần Thị Bưởi');
		expect(labels(holder)).toEqual(['Nhà cô Năm']);
		expect(holder.work?.sync.status().state).toBe('offline');
	});

	test('goes on by itself when the network is back', async () => {
		const browser = new Browser();
		browser.signIn(BUOI);
		const holder = await browser.open();
		browser.online = false;
		await holder.save([newVisit(null)]);
		await holder.flush();
		expect(holder.work?.sync.status()).toMatchObject({ state: 'offline', waiting: 1 });
		browser.online = true;
		await holder.flush();
		expect(holder.work?.sync.status()).toMatchObject({ state: 'idle', waiting: 0 });
	});

	test('asks to sign in when nobody ever did', async () => {
		const holder = await new Browser().open();
		expect(holder).toMatchObject({ state: 'signed_out', work: null });
	});

	test('says why when it does not get as far, and tries again', async () => {
		const browser = new Browser();
		browser.online = false;
		const holder = await browser.open();
		expect(holder).toMatchObject({ state: 'failed', problem: 'offline' });
		browser.online = true;
		browser.signIn(BUOI);
		const ready = new Promise<void>((resolve) => {
			holder.onchange(() => holder.state === 'ready' && resolve());
		});
		browser.clock.pass();
		await ready;
	});

	test('says that another tab is in the way, and opens once it is not', async () => {
		const browser = new Browser();
		browser.notes.set(PERSON, BUOI);
		browser.signIn(BUOI);
		let blocked = true;
		const open = async (person_id: string) => {
			if (blocked) throw new DeviceError('storage_blocked');
			return Device.open(person_id);
		};
		const holder = await browser.open({ open });
		expect(holder).toMatchObject({ state: 'failed', problem: 'storage_blocked' });
		blocked = false;
		await holder.flush();
		expect(holder.state).toBe('ready');
	});

	test('does not wait for ever for a database that says nothing', async () => {
		const browser = new Browser();
		browser.notes.set(PERSON, BUOI);
		browser.signIn(BUOI);
		let answer: () => void = () => undefined;
		const silence = new Promise<void>((resolve) => (answer = resolve));
		const opening = browser.open({ open: (id) => silence.then(() => Device.open(id)) });
		browser.clock.pass();
		answer();
		const holder = await opening;
		expect(holder.state).toBe('ready');
	});

	test('keeps the records usable when the session has ended', async () => {
		const browser = new Browser();
		browser.signIn(BUOI);
		const holder = await browser.open();
		browser.signed_in = null;
		await holder.save([newHousehold('Nhà cô Năm')]);
		await holder.flush();
		expect(holder.state).toBe('ready');
		expect(holder.work?.sync.status()).toMatchObject({ state: 'signed_out', waiting: 1 });
		browser.signIn(BUOI);
		await holder.flush();
		expect(holder.work?.sync.status()).toMatchObject({ state: 'idle', waiting: 0 });
	});
});

describe('two people on one phone', () => {
	test('the second neither sees nor sends the first one’s work, which waits for the first', async () => {
		const browser = new Browser();
		browser.signIn(BUOI);
		const first = await browser.open();
		browser.online = false;
		await first.save([newHousehold('Nhà của Bưởi')]);
		await first.flush();
		first.stop();

		browser.online = true;
		browser.signIn(CAM);
		const second = await browser.open();
		expect(second.work?.device.person_id).toBe(CAM);
		expect(labels(second)).toEqual([]);
		await second.save([newHousehold('Nhà của Cam')]);
		await second.flush();
		expect([...browser.server.applied.values()].map((one) => one.author_id)).toEqual([CAM]);
		second.stop();

		browser.signIn(BUOI);
		const third = await browser.open();
		await third.flush();
		expect([...browser.server.applied.values()].map((one) => one.author_id)).toEqual([CAM, BUOI]);
		expect(labels(third)?.sort()).toEqual(['Nhà của Bưởi', 'Nhà của Cam']);
	});

	test('the first one’s records are not opened once the second has signed in, network or not', async () => {
		const browser = new Browser();
		browser.signIn(BUOI);
		const first = await browser.open();
		await first.save([newHousehold('Nhà của Bưởi')]);
		first.stop();

		browser.signIn(CAM);
		browser.online = false;
		const opened: string[] = [];
		const open = async (person_id: string) => {
			opened.push(person_id);
			return Device.open(person_id);
		};
		await browser.open({ open });
		expect(opened).toEqual([CAM]);
	});

	test('a sign-in in another tab changes the person here at the next request', async () => {
		const browser = new Browser();
		browser.signIn(BUOI);
		const holder = await browser.open();
		browser.signIn(CAM);
		await holder.save([newVisit(null)]);
		await holder.flush();
		await holder.flush();
		expect(holder.work?.device.person_id).toBe(CAM);
		expect(browser.server.received).toEqual([]);
		expect((await Device.open(BUOI)).waiting().count).toBe(1);
	});

	test('a tab follows what another tab notes', async () => {
		const browser = new Browser();
		browser.signIn(BUOI);
		const holder = await browser.open();
		browser.notes.delete(PERSON);
		await holder.elsewhere(null);
		expect(holder).toMatchObject({ state: 'signed_out', work: null });
		browser.signIn(CAM);
		browser.notes.set(PERSON, CAM);
		await holder.elsewhere(CAM);
		expect(holder.work?.device.person_id).toBe(CAM);
	});
});

describe('signing out', () => {
	test('drops what the server has and keeps what it has not', async () => {
		const browser = new Browser();
		browser.signIn(BUOI);
		const holder = await browser.open();
		await holder.save([newHousehold('đã gửi')]);
		await holder.flush();
		browser.online = false;
		await holder.save([newHousehold('chưa gửi')]);
		await holder.signOut();
		expect(holder).toMatchObject({ state: 'signed_out', work: null });

		const left = await Device.open(BUOI);
		expect(left.households().map((household) => household.label)).toEqual(['chưa gửi']);
		expect(left.meta('me')).toBeUndefined();
		left.close();
	});

	test('without a network ends the session as soon as there is one', async () => {
		const browser = new Browser();
		browser.signIn(BUOI);
		const holder = await browser.open();
		browser.online = false;
		await holder.signOut();
		browser.online = true;
		expect(browser.signed_in).toBe(BUOI);
		await holder.flush();
		expect(browser.signed_in).toBeNull();
		expect(holder.state).toBe('signed_out');
	});

	test('does not end the next session, should someone sign in first', async () => {
		const browser = new Browser();
		browser.signIn(BUOI);
		const holder = await browser.open();
		browser.online = false;
		await holder.signOut();
		browser.online = true;
		browser.signIn(BUOI);
		await holder.flush();
		expect(holder.state).toBe('ready');
		expect(browser.signed_in).toBe(BUOI);
	});
});

test('a save that was a mistake is taken back, on the server too', async () => {
	const browser = new Browser();
	browser.signIn(BUOI);
	const holder = await browser.open();
	const visit = newVisit(null);
	await holder.save([visit]);
	await holder.undo(visit.record_id);
	expect(holder.work?.device.visits()).toEqual([]);
	await holder.flush();
	expect(browser.server.rows.get(visit.record_id)?.discarded).toBe(true);
});

test('a refused save that was a mistake is let go without asking the server', async () => {
	const browser = new Browser();
	browser.signIn(BUOI);
	const holder = await browser.open();
	const visit = newVisit(null, { note: '048090001234' });
	await holder.save([visit]);
	await holder.flush();
	expect(holder.work?.device.returned()).toHaveLength(1);
	await holder.undo(visit.record_id);
	await holder.flush();
	expect(holder.work?.device.returned()).toEqual([]);
	expect(holder.work?.device.visits()).toEqual([]);
	expect(browser.server.received).toHaveLength(1);
});

test('the browser is asked to protect the records after the first save, not before', async () => {
	const browser = new Browser();
	browser.signIn(BUOI);
	const holder = await browser.open();
	expect(browser.asked_to_protect).toBe(0);
	const home = newHousehold('A');
	await holder.save([home]);
	await holder.save([changeOf(holder.work?.device.household(home.record_id), { note: 'x' })]);
	expect(browser.asked_to_protect).toBe(1);
	expect(holder.protection).toBe('protected');
});

test('saving on a phone that is not open fails loudly', async () => {
	const holder = await new Browser().open();
	await expect(holder.save([newVisit(null)])).rejects.toMatchObject({
		code: 'storage_unavailable'
	});
});

describe('a phone that is out of use for its person', () => {
	/** What the server says to the phone's own key once the session has gone. */
	const outOfUse: Surroundings['attend'] = async ({ sync }) =>
		sync.status().state === 'idle' ? false : sync.status().state === 'signed_out' || null;

	/** Opens the app, and waits until what follows the first contact is over. */
	async function opened(browser: Browser): Promise<Holder> {
		const holder = await browser.open({ attend: outOfUse });
		await new Promise((resolve) => setTimeout(resolve));
		return holder;
	}

	test('shows its records no more, also without a network, and keeps what is unsent', async () => {
		const browser = new Browser();
		browser.signIn(BUOI);
		const before = await opened(browser);
		expect(before.state).toBe('ready');
		browser.online = false;
		await before.save([newHousehold('Nhà chưa gửi')]);
		before.stop();

		browser.signed_in = null;
		browser.online = true;
		const told = await opened(browser);
		expect([told.state, told.work?.device.waiting().count]).toEqual(['ended', 1]);
		told.stop();

		browser.online = false;
		const later = await opened(browser);
		expect([later.state, later.work?.device.waiting().count]).toEqual(['ended', 1]);
		later.stop();
	});

	test('is in use again when its person can sign in again, and sends what it held', async () => {
		const browser = new Browser();
		browser.signIn(BUOI);
		(await opened(browser)).stop();
		browser.signed_in = null;
		const ended = await opened(browser);
		expect(ended.state).toBe('ended');
		ended.stop();
		browser.signIn(BUOI);
		const again = await opened(browser);
		expect(again.state).toBe('ready');
		again.stop();
	});
});
