import { writeFileSync } from 'node:fs';
import { rolePages } from './role_pages';

/** `npm run roles`: writes anew what says which role may do what. */
for (const [path, text] of Object.entries(await rolePages())) {
	writeFileSync(path, text);
	process.stdout.write(`${path}\n`);
}
