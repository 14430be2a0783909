import type { Logger } from 'pino';
import { readConfig, type Config } from './config';
import { DatabaseError } from './database/database';
import { openEmbedded } from './database/embedded';
import { openPool } from './database/pool';
import { openDoor, type Door } from './door';
import { openGateway, type Gateway } from './gateway/gateway';
import { openHandInKeys, type HandInKeys } from './hand_in/keys';
import { openLimit, type Limit } from './hand_in/limit';
import { openLog } from './log';
import { sessionCookie } from './session/cookie';
import { openSessions, type Sessions } from './session/sessions';
import { knownDevice } from './staff/caller';
import { StartError } from './start-error';
import { openKeys, type TokenKeys } from './token/keys';

const MIGRATE_FIRST =
	'The database does not know this version: run the migrations first (npm run migrate).';

/** Everything a request needs, opened once at start. */
export type App = {
	config: Config;
	log: Logger;
	keys: TokenKeys;
	/** null when a Supabase project answers the phones itself. */
	gateway: Gateway | null;
	door: Door;
	sessions: Sessions;
	cookie: ReturnType<typeof sessionCookie>;
	/** For work that no session can send: docs/decisions/009-hand-in.md. */
	handIn: { keys: HandInKeys; limit: Limit };
	/** For the page of open figures, which anybody may ask for. */
	openLimit: Limit;
	/** The mark of a browser in which a password was right before. */
	device: ReturnType<typeof knownDevice>;
	demo: boolean;
	close(): Promise<void>;
};

/** Opens the app for a configuration. Throws StartError for what the operator can mend. */
export async function openApp(config: Config = readConfig(process.env)): Promise<App> {
	const log = openLog(config.logLevel);
	const keys = await openKeys(config);
	const handIn = {
		keys: await openHandInKeys(config.handInKey, keys.secret),
		limit: openLimit(120, 1)
	};
	const gateway = await openOwnGateway(config, keys, log);
	const close = async () => gateway?.database.close();
	const door = openDoor(config, keys, gateway);
	try {
		const demo = await isDemo(door);
		if (demo && config.profile !== 'embedded')
			throw new StartError(
				'The database holds the demo city, whose people are invented and need no password. ' +
					'A configured database must hold a real city: start with an empty one.'
			);
		const secure = config.origin.startsWith('https:');
		const sessions = openSessions(door);
		return {
			config,
			log,
			keys,
			gateway,
			door,
			sessions,
			cookie: sessionCookie(secure),
			handIn,
			openLimit: openLimit(60, 1),
			device: knownDevice(secure),
			demo,
			close
		};
	} catch (error) {
		await close();
		throw error;
	}
}

async function openOwnGateway(
	config: Config,
	keys: TokenKeys,
	log: Logger
): Promise<Gateway | null> {
	if (config.profile === 'supabase') return null;
	const database =
		config.profile === 'embedded'
			? await openEmbedded(config.dataDir, (error) => endProcess(log, error))
			: await openPool(config.databaseUrl);
	try {
		return await openGateway(database, keys, log);
	} catch (error) {
		await database.close();
		const { code, message } = DatabaseError.from(error);
		throw new StartError(
			code === '3F000' ? MIGRATE_FIRST : `The database cannot be read: ${message}.`
		);
	}
}

/** Without its database the server can only refuse; whoever watches over it starts it anew. */
function endProcess(log: Logger, error: Error) {
	log.fatal({ name: error.name }, 'the embedded database is lost');
	log.flush(() => process.exit(1));
}

async function isDemo(door: Door): Promise<boolean> {
	try {
		return (await door<{ demo: boolean }>('server_health')).demo;
	} catch {
		throw new StartError(MIGRATE_FIRST);
	}
}
