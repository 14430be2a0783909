import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

/** Starts a program that says `ready` over its channel and then waits for ever. */
async function start(imports: string[], code: string) {
	const child = spawn(
		process.execPath,
		[
			...imports.flatMap((file) => ['--import', file]),
			'--input-type=module',
			'-e',
			`${code}; process.send('ready'); setInterval(() => {}, 1000);`
		],
		{ stdio: ['ignore', 'pipe', 'inherit', 'ipc'] }
	);
	let said = '';
	child.stdout?.on('data', (chunk) => (said += String(chunk)));
	await once(child, 'message');
	const ended = Promise.all([once(child, 'exit'), child.stdout && once(child.stdout, 'close')]);
	return { child, ended: async () => [...(await ended)[0], said] };
}

it('the server closes its database also when whoever started it was killed', async () => {
	const { child, ended } = await start(
		['./src/run/leash.js'],
		`process.once('SIGTERM', () => { process.stdout.write('closed'); process.exit(0); })`
	);
	child.disconnect();
	expect(await ended()).toEqual([0, null, 'closed']);
});

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
	'%s leaves nothing behind, however many servers a test had',
	async (signal) => {
		const { child, ended } = await start(
			['tsx'],
			`const { beforeExit } = await import('./tests/support/before_exit.ts');
			beforeExit(() => process.stdout.write('one '));
			beforeExit(() => process.stdout.write('taken back '))();
			beforeExit(() => process.stdout.write('two '))`
		);
		child.kill(signal);
		expect(await ended()).toEqual([130, null, 'one two ']);
	}
);
