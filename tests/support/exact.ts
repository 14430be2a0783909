import { expect } from 'vitest';
import type { SeedDatabase } from '../../supabase/seed/database';
import {
	KEPT_DAYS,
	KEPT_PEOPLE,
	KEPT_SERVICES,
	RECOUNT_DAYS,
	RECOUNT_PEOPLE,
	RECOUNT_SERVICES
} from './recount';

/** Rejects when a total is not what the records say. */
export async function expectExact(owner: SeedDatabase): Promise<void> {
	for (const [kept, recount] of [
		[KEPT_DAYS, RECOUNT_DAYS],
		[KEPT_SERVICES, RECOUNT_SERVICES],
		[KEPT_PEOPLE, RECOUNT_PEOPLE]
	] as const)
		expect(await owner.query(kept)).toEqual(await owner.query(recount));
}
