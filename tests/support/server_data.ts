import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { today } from '../../src/lib/domain/day';
import { fingerprint } from '../../src/run/fingerprint.js';
import { root, run } from '../../src/run/step.js';

const store = path.join(root, 'node_modules', '.cache', 'tung-nha');

/** A data folder of one's own, ready to be served, for one test. */
export async function freshData() {
	const folder = await mkdtemp(path.join(tmpdir(), 'tung-nha-data-'));
	await cp(await preparedData(), folder, {
		recursive: true,
		// Shares the blocks where the file system can.
		mode: constants.COPYFILE_FICLONE
	});
	return folder;
}

/** Removes a data folder from outside: a test process that ends has half a second, a folder is large. */
export function forgetData(folder: string) {
	const remove = `fs.rmSync(process.argv[1], { recursive: true, force: true, maxRetries: 20 })`;
	spawn(process.execPath, ['-e', remove, folder], { detached: true, stdio: 'ignore' }).unref();
}

/**
 * The folder to copy from, prepared at most once for the same day and sources: that takes many
 * seconds, a copy a fraction of one. Two processes that come at once prepare two, and one of them
 * wins by renaming first.
 */
export async function preparedData() {
	const made = fingerprint(root, ['supabase', 'src/run', 'src/lib', 'package-lock.json']);
	// The demo city's visits end today, whichever day that is.
	const ready = path.join(store, `data-${today()}-${made.slice(0, 16)}`);
	if (existsSync(ready)) return ready;
	await forgetOlder();
	const draft = await mkdtemp(path.join(store, 'draft-'));
	await run(process.execPath, ['--import', 'tsx', 'src/run/prepare.ts'], {
		env: { ...process.env, DATA_DIR: draft, DATABASE_URL: '', PUBLIC_SUPABASE_URL: '' },
		failed: 'The test data could not be prepared.'
	});
	await rename(draft, ready).catch(async (error: NodeJS.ErrnoException) => {
		if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
		await rm(draft, { recursive: true });
	});
	return ready;
}

/** Data of an older schema is never asked for again. Drafts may be somebody's work. */
async function forgetOlder() {
	await mkdir(store, { recursive: true });
	const old = (await readdir(store)).filter((name) => name.startsWith('data-'));
	await Promise.all(
		old.map((name) => rm(path.join(store, name), { recursive: true, force: true }))
	);
}
