import type { Place } from './place';
import { send } from './tab';
import type { World } from './world';

/**
 * Everybody comes home to a network that works. First nobody touches anything: what a phone was
 * asked to send must go by itself. Then everybody opens the application, twice.
 */
export async function comeHome(world: World): Promise<void> {
	for (const tab of world.places.flatMap((place) => place.open())) tab.line.begin([]);
	while (world.held.length > 0) {
		world.move(0, true);
		await world.rest.quiet();
	}
	for (const deliver of world.late.splice(0)) await deliver().catch(() => undefined);
	for (const place of world.places) await leftAlone(world, place);
	for (let round = 0; round < 2; round++)
		for (const place of world.places) {
			place.phone.session = place.person_id;
			const tab = await theOnlyTab(place);
			// A server that asked to be left alone is left alone first.
			await tab.pass();
			await world.rest.quiet();
			await send(tab);
			await world.rest.quiet();
			const { state, code, waiting } = await tab.status();
			if (state !== 'idle' || waiting > 0)
				world.ledger.findings.lost.push(`${waiting} wait for ever: ${state} ${code}`);
		}
}

async function leftAlone(world: World, place: Place): Promise<void> {
	if (place.phone.session !== place.person_id) return;
	for (const tab of place.open())
		for (let n = 0; n < 3 && (await tab.pass()); n++) await world.rest.quiet();
	const tabs = await Promise.all(place.open().map((tab) => tab.status()));
	const stuck = tabs.every(({ waiting, state }) => waiting > 0 && state !== 'signed_out');
	if (tabs.length > 0 && stuck && !place.unasked)
		world.ledger.findings.lost.push('what was to be sent waits, and nothing will send it');
}

async function theOnlyTab(place: Place) {
	const [first, ...others] = place.open();
	for (const other of others) await other.kill();
	return first ?? place.openTab();
}
