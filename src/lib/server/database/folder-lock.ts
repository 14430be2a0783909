import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error';

/**
 * Takes `folder` for this process and answers how to give it back. A lock whose process is gone
 * (kill -9, power cut) is taken over. Throws StartError when another process holds the folder.
 */
export function lockFolder(folder: string): () => void {
	mkdirSync(folder, { recursive: true });
	const file = join(folder, 'lock');
	const draft = join(folder, `lock.${process.pid}.${Math.random().toString(36).slice(2)}`);
	const mine = `${process.pid} ${startOf(process.pid)}`;
	writeFileSync(draft, mine);
	try {
		while (!take(draft, file)) refuseIfHeld(folder, file);
	} finally {
		rmSync(draft, { force: true });
	}
	let held = true;
	return () => {
		if (held && read(file) === mine) rmSync(file, { force: true });
		held = false;
	};
}

/** Whether the lock is ours now. A link appears with its content or not at all. */
function take(draft: string, file: string): boolean {
	try {
		linkSync(draft, file);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** Throws when the holder lives; otherwise moves its lock aside, so that one of us can take it. */
function refuseIfHeld(folder: string, file: string) {
	const holder = read(file);
	const pid = Number(holder.split(' ')[0]);
	if (pid > 0 && isRunning(pid) && holder === `${pid} ${startOf(pid)}`)
		throw new StartError(
			`The data folder ${folder} is in use by another process (${pid}). ` +
				'Stop that one, or set DATA_DIR to another folder.'
		);
	const aside = `${file}.gone.${process.pid}`;
	try {
		renameSync(file, aside);
		// Somebody quicker may have taken it since it was read: give it back.
		if (read(aside) !== holder) linkSync(aside, file);
		rmSync(aside, { force: true });
	} catch {
		// Moved aside or taken by another process just now: the next turn sees.
	}
}

function read(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
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
