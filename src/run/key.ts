import { makeKey } from '../lib/server/token/keys';

/** `npm run key`: prints a new signing key, for JWT_SIGNING_KEY. It is a secret of the server alone. */
process.stdout.write(`${JSON.stringify(await makeKey())}\n`);
