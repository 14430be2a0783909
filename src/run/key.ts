import { deriveHandInKey, makeHandInKey } from '../lib/server/hand_in/keys';
import { readConfig } from '../lib/server/config';
import { makeKey, openKeys } from '../lib/server/token/keys';

/**
 * `npm run key`: prints a new signing key, for JWT_SIGNING_KEY. It is a secret of the server alone.
 * `npm run key -- hand-in`: prints the key that phones seal their unsent work to, for HAND_IN_KEY: the
 * one that follows from the signing key in the environment, or else a new one.
 */
const key = process.argv[2] === 'hand-in' ? await handInKey() : await makeKey();
process.stdout.write(`${JSON.stringify(key)}\n`);

async function handInKey() {
	const { JWT_SIGNING_KEY, JWT_SECRET } = process.env;
	if (!JWT_SIGNING_KEY && !JWT_SECRET) return makeHandInKey();
	const { secret } = await openKeys(readConfig({ JWT_SIGNING_KEY, JWT_SECRET }));
	return deriveHandInKey(secret);
}
