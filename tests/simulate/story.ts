import { audit } from './audit';
import { wearClock } from './clock';
import { comeHome } from './homecoming';
import type { Findings } from './ledger';
import { play } from './play';
import type { Step } from './schedule';
import type { Target } from './target';
import { World } from './world';

/** Plays a story against a server to its end, and answers what was found wrong. */
export async function tell(target: Target, steps: Step[]): Promise<Findings> {
	wearClock();
	const world = new World(target);
	await target.phones.begin();
	await target.city.begin(new Map(world.scopes));
	await play(world, steps);
	await comeHome(world);
	return audit(world);
}

/** Whether nothing was found. */
export function isWell(findings: Findings): boolean {
	return Object.values(findings).every((sentences) => sentences.length === 0);
}
