import { createServer } from 'node:net';
import { StepFailed } from './step.js';

/**
 * Refuses early, before minutes of installing and building, when the server could not listen.
 * The server itself checks again: the port may be taken in between.
 * @param {string} text the environment's PORT
 * @throws {StepFailed}
 */
export async function refuseTakenPort(text) {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 0 || port > 65535)
		throw new StepFailed(`PORT must be a whole number from 0 to 65535, not "${text}".`);
	const code = await listenCode(port);
	if (code === 'EADDRINUSE')
		throw new StepFailed(
			`Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`
		);
	if (code === 'EACCES')
		throw new StepFailed(
			`Port ${port} needs more rights than this user has. Choose one above 1023.`
		);
}

/**
 * @param {number} port
 * @returns {Promise<string | undefined>} the system's error code, or nothing when it can be used
 */
function listenCode(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code));
		server.listen(port, () => server.close(() => resolve(undefined)));
	});
}
