import type { Place } from './place';
import type { Step } from './schedule';
import { send, type Tab } from './tab';
import { PEOPLE, GROUPS, type World } from './world';

/** Goes through a story step by step; each waits until everything stands still. */
export async function play(world: World, steps: Step[]): Promise<void> {
	let restore: (() => Promise<void>) | null = null;
	for (const step of steps) {
		if (step.does === 'backup') restore ??= await world.target.city.backup();
		else if (step.does === 'restore') {
			if (restore) await goBack(world, restore);
			restore = null;
		} else if (step.does === 'rewind') await rewind(world, step);
		else await one(world, step);
		await world.rest.quiet();
		await world.target.phones.makeRoom();
	}
}

/** Something is sent, and at once the server is back where it was before. */
async function rewind(world: World, step: Step & { does: 'rewind' }): Promise<void> {
	const tab = await world.place(step.on).tab(step.tab);
	await world.rest.quiet();
	const restore = await world.target.city.backup();
	await world.write(tab, 'household', 0);
	await send(tab, step.faults);
	await world.rest.quiet();
	await goBack(world, restore);
}

async function goBack(world: World, restore: () => Promise<void>): Promise<void> {
	await world.hangUp();
	const ids = async () => {
		const { changes } = await world.target.city.books();
		return new Set(changes.filter(({ seq }) => seq !== null).map(({ change_id }) => change_id));
	};
	const had = await ids();
	await restore();
	world.ledger.restored(had, await ids());
}

async function one(world: World, step: Step): Promise<void> {
	switch (step.does) {
		case 'write': {
			const tab = await world.place(step.on).tab(step.tab);
			await world.write(tab, step.write, step.which);
			if (step.send) await send(tab);
			return;
		}
		case 'full': {
			const tab = await world.place(step.on).tab(step.tab);
			await world.target.phones.fill(tab.place.phone, step.at);
			return world.write(tab, step.write, step.which);
		}
		case 'send':
			return send(await world.place(step.on).tab(step.tab), step.faults);
		case 'race': {
			const [first, second] = [
				await world.place(step.on).tab(0),
				await world.place(step.with).tab(1)
			];
			await send(first, step.faults);
			return send(second);
		}
		case 'move':
			return world.move(step.which, step.arrives);
		case 'repeat':
			for (const deliver of world.late.splice(0)) await deliver().catch(() => undefined);
			return;
		case 'clock':
			world.phone(step.on).ahead = step.days;
			return;
		case 'scope':
			return scope(world, PEOPLE[step.who] ?? '', GROUPS[step.group] ?? '');
		case 'backup':
		case 'restore':
		case 'rewind':
			return;
		default:
			return atPhone(world, step.does, step.on, step.which);
	}
}

type AtPhone = 'wait' | 'kill' | 'tab' | 'look' | 'sign_out' | 'pack' | 'guest' | 'behind' | 'lose';

async function atPhone(world: World, does: AtPhone, on: number, which: number): Promise<void> {
	const place = world.place(on);
	const tab = await place.tab(which);
	if (does === 'wait') await tab.pass();
	else if (does === 'kill') await tab.kill();
	else if (does === 'pack') await pack(world, tab, which);
	else if (does === 'lose') await lose(world, place);
	else if (does === 'tab' && place.open().length < 2) await place.openTab();
	else if (does === 'look') {
		const again = which % 2 === 0;
		const wrote = await tab.look(which, again);
		if (!wrote) return;
		place.unasked ||= again;
		world.ledger.write(place, wrote);
	} else if (does === 'sign_out') {
		world.ledger.letGo((written) => written.place === place);
		for (const other of place.open()) if (other !== tab) await other.kill();
		await tab.forget();
		await tab.kill();
	} else if (does === 'behind') {
		// A tab of the person who held the phone before is still open.
		const others = world.places.filter((one) => one.phone === place.phone && one !== place);
		for (const other of others.flatMap((one) => one.open())) await send(other);
	} else if (does === 'guest') {
		const { phone } = place;
		phone.session = phone.session === PEOPLE[1] ? (PEOPLE[3] ?? '') : (PEOPLE[1] ?? '');
	}
}

/** Packs alone, or while the person writes in one of the tabs and sends, or until the tab dies. */
async function pack(world: World, tab: Tab, which: number): Promise<void> {
	for (const one of tab.place.open()) void one.pack();
	if (which % 4 === 1) await tab.kill();
	if (which % 4 < 2) return;
	const other = await tab.place.tab(which);
	await world.write(other, 'both', which);
	if (which % 4 === 3) await send(other);
}

/**
 * The browser goes down, finds its databases damaged when it comes up, and throws them away: those of
 * everybody who uses the phone. What was sent from it is the server's alone then.
 */
async function lose(world: World, { phone }: Place): Promise<void> {
	const places = world.places.filter((place) => place.phone === phone);
	for (const tab of places.flatMap((place) => place.open())) await tab.kill();
	await world.rest.quiet();
	world.ledger.letGo((written) => written.place.phone === phone);
	await world.target.phones.lose(phone);
}

/** Takes a group from a person, or gives it. */
async function scope(world: World, person_id: string, group_id: string): Promise<void> {
	const groups = world.scopes.get(person_id) ?? [];
	const loses = groups.includes(group_id);
	const now = loses ? groups.filter((id) => id !== group_id) : [...groups, group_id];
	world.scopes.set(person_id, now);
	if (loses)
		world.ledger.letGo(
			({ change, place }) => place.person_id === person_id && change.group_id === group_id
		);
	await world.target.city.setScope(person_id, now);
}
