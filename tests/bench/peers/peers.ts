import { calibration } from '../calibration';
import { within, type Line } from '../line';
import { makeBed, type Bed } from './bed';
import { sizeOfOurs } from './bundles';
import { pullFromServer, pullIntoStore } from './pull';
import { pushQueued } from './push';
import { slowLine } from './slow_line';
import { coldOpen, singleSave } from './team';

/**
 * The phone's store and sync beside others in one run, in Chromium: README.md in this folder says who
 * they are and what each does. What a store holds afterwards is compared to the last record; a
 * difference ends the bench.
 */
export async function peers(): Promise<Line[]> {
	const bed = await makeBed();
	try {
		const before = await calibration();
		const lines = await measure(bed);
		const size = within('peers.size.store_and_sync', (await sizeOfOurs()) / 1000, 'kB gzip', 15);
		return [...before, ...lines, size, ...(await calibration())];
	} finally {
		await bed.clear();
	}
}

/** In the order in which they build on each other: what a team holds is filled once, a ward too. */
const STEPS: Record<string, (bed: Bed) => Promise<Line[]>> = {
	'a cold open': coldOpen,
	'a single save': singleSave,
	'a push of what waits': pushQueued,
	'a weak line': slowLine,
	'a first pull into the store': pullIntoStore,
	'a first pull from the server': pullFromServer
};

async function measure(bed: Bed): Promise<Line[]> {
	const lines: Line[] = [];
	for (const [name, step] of Object.entries(STEPS)) {
		process.stderr.write(`  ${name} …\n`);
		lines.push(...(await step(bed)));
	}
	return lines;
}
