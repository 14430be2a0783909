import { resolve } from 'node:path';
import { StartError } from './start-error';

/** Where the data lives, and so who answers `rpc()`: our gateway, or a Supabase project. */
export type Config = {
	/** Address under which people open the app; cookies and token audience follow from it. */
	origin: string;
	logLevel: string;
	signing: { jwk?: string; secret?: string };
	/** Private keys that handed-in work is sealed to; without, one follows from the signing key. */
	handInKey?: string;
} & (
	| { profile: 'embedded'; dataDir: string }
	| { profile: 'server'; databaseUrl: string }
	| { profile: 'supabase'; supabaseUrl: string; publishableKey: string }
);

/**
 * The configuration as the environment says it. Nothing set means the embedded demo.
 * Throws StartError naming the variable and the mend.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
	const port = env.PORT ?? '3000';
	if (!/^\d{1,5}$/.test(port)) throw new StartError(`PORT must be a number, not "${port}".`);
	const common = {
		origin: originOf(env.ORIGIN ?? `http://localhost:${port}`),
		// Whoever tries the demo wants to see its address, not a line for each call.
		logLevel: env.LOG_LEVEL ?? (env.DATABASE_URL || env.PUBLIC_SUPABASE_URL ? 'info' : 'warn'),
		signing: { jwk: env.JWT_SIGNING_KEY, secret: env.JWT_SECRET },
		handInKey: env.HAND_IN_KEY
	};
	if (env.PUBLIC_SUPABASE_URL) {
		if (env.DATABASE_URL)
			throw new StartError('Set either PUBLIC_SUPABASE_URL or DATABASE_URL, not both.');
		if (!env.PUBLIC_SUPABASE_PUBLISHABLE_KEY)
			throw new StartError('PUBLIC_SUPABASE_URL needs PUBLIC_SUPABASE_PUBLISHABLE_KEY beside it.');
		requireSigning(common.signing, 'PUBLIC_SUPABASE_URL');
		return {
			...common,
			profile: 'supabase',
			supabaseUrl: env.PUBLIC_SUPABASE_URL.replace(/\/$/, ''),
			publishableKey: env.PUBLIC_SUPABASE_PUBLISHABLE_KEY
		};
	}
	if (env.DATABASE_URL) {
		requireSigning(common.signing, 'DATABASE_URL');
		return { ...common, profile: 'server', databaseUrl: env.DATABASE_URL };
	}
	return { ...common, profile: 'embedded', dataDir: resolve(env.DATA_DIR ?? '.data') };
}

function originOf(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search)
		return url.origin;
	throw new StartError(`ORIGIN must be an address like https://tung-nha.example, not "${text}".`);
}

function requireSigning(signing: Config['signing'], because: string) {
	if (signing.jwk || signing.secret) return;
	throw new StartError(
		`${because} needs JWT_SIGNING_KEY, an ES256 private key as JWK (npm run key makes one), ` +
			'or JWT_SECRET for a project that still signs with HS256.'
	);
}
