import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error';

/**
 * Takes `folder` for this process and answers how to give it back. A lock whose process is gone
 * (kill -9, power cut) is taken over. Throws StartError when another process holds the folder.
 */
export function lockFolder(folder: string): () => void {
	mkdirSync(folder, { recursive: true });
	const file = join(folder, 'lock');
	const mine = `${process.pid} ${startOf(process.pid)}`;
	try {
		writeFileSync(file, mine, { flag: 'wx' });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		const holder = readFileSync(file, 'utf8');
		const pid = Number(holder.split(' ')[0]);
		if (isRunning(pid) && holder === `${pid} ${startOf(pid)}`)
			throw new StartError(
				`The data folder ${folder} is in use by another process (${pid}). ` +
					'Stop that one, or set DATA_DIR to another folder.'
			);
		writeFileSync(file, mine);
	}
	let held = true;
	return () => {
		if (held) rmSync(file, { force: true });
		held = false;
	};
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** When a process began, so that a reused process number is not taken for the old one. */
function startOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
	} catch {
		return ''; // no /proc on this system: the number alone has to do
	}
}
