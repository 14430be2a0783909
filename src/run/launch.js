import { build } from './build.js';
import { install } from './install.js';
import { refuseTakenPort } from './port.js';
import { serve } from './serve_child.js';
import { run, StepFailed } from './step.js';

/**
 * Brings the product up from a bare checkout and keeps it up until it is told to stop. A step that
 * fails ends it with one sentence and exit code 1.
 */
export async function launch() {
	try {
		await refuseTakenPort(process.env.PORT ?? '3000');
		await install();
		await build();
		if (hasOwnData()) await prepare();
		process.exitCode = await serve();
	} catch (error) {
		// No stack trace: whoever starts the product can act on a sentence only.
		const sentence = error instanceof Error ? error.message : String(error);
		if (sentence) process.stderr.write(`${sentence}\n`);
		process.exitCode = error instanceof StepFailed ? error.exitCode : 1;
	}
}

/** With a database or a Supabase project given, the data is there and not ours to prepare. */
function hasOwnData() {
	return !process.env.DATABASE_URL && !process.env.PUBLIC_SUPABASE_URL;
}

/** Ends at once when the data is already of this schema. What goes wrong it says itself. */
function prepare() {
	return run(process.execPath, ['--import', 'tsx', 'src/run/prepare.ts'], {
		show: true,
		failed: ''
	});
}
