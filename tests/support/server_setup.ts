import { preparedData } from './server_data';

/** Prepares the data once, before the first browser test waits for it. */
export default async function setup() {
	await preparedData();
}
