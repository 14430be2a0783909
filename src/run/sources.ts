import { writeFileSync } from 'node:fs';
import { sourcesPage } from '../../supabase/seed/sources';

/** `npm run sources`: writes docs/sources.md anew from the seed. */
writeFileSync('docs/sources.md', sourcesPage());
