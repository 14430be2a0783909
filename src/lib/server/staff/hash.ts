import { hash, verify } from '@node-rs/argon2';
import { plainPassword } from '../../domain/password';

/** 46 MiB and one pass: what OWASP names for argon2id, which is the library's own choice of kind. */
const OPTIONS = { memoryCost: 46 * 1024, timeCost: 1, parallelism: 1 };

/** So many at once: each takes 46 MiB, and a crowd at the door must not take the server's memory. */
const AT_ONCE = 4;
/** So many may wait in line; whoever comes after them is asked to come back. */
const LINE = 60;

let busy = 0;
const line: (() => void)[] = [];

/** The line at the door is full. */
export class TooBusy extends Error {
	override name = 'TooBusy';
}

/** The argon2id hash of a password, in the usual text form. @throws TooBusy */
export function hashPassword(password: string): Promise<string> {
	return inTurn(() => hash(plainPassword(password), OPTIONS));
}

/**
 * Whether a password is the one of this hash. Without a hash it compares with that of nobody's, so that
 * who asks cannot tell by the time it takes whether there is such an account.
 * @throws TooBusy
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
	nobody ??= hashPassword(crypto.randomUUID());
	const against = stored ?? (await nobody);
	const right = await inTurn(() => verify(against, plainPassword(password)));
	return right && stored !== null;
}

let nobody: Promise<string> | undefined;

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (busy >= AT_ONCE) {
		if (line.length >= LINE) throw new TooBusy();
		await new Promise<void>((go) => line.push(go));
	} else busy++;
	try {
		return await work();
	} finally {
		// The place is handed on, not given back: nobody can slip in between.
		const next = line.shift();
		if (next) next();
		else busy--;
	}
}
