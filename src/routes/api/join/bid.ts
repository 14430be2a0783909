import { error } from '@sveltejs/kit';
import * as v from 'valibot';

const Bid = v.object({
	code: v.pipe(v.string(), v.maxLength(500)),
	attempt: v.pipe(v.string(), v.minLength(16), v.maxLength(100)),
	sign_in_name: v.optional(v.pipe(v.string(), v.maxLength(200))),
	password: v.optional(v.pipe(v.string(), v.maxLength(1000)))
});

/** What somebody brings to the door. Answers 400 for anything else. */
export async function readBid(request: Request) {
	const body: unknown = await request.json().catch(() => null);
	const read = v.safeParse(Bid, body);
	if (!read.success) error(400);
	return read.output;
}
