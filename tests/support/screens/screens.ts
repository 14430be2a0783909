import { goalScreens, thankedScreens } from './goals';
import { householdScreens } from './households';
import { leaderScreens } from './leader';
import { logScreens } from './log';
import { mineScreens } from './mine';
import { peopleScreens } from './people';
import { requestScreens } from './requests';
import { publicScreens } from './public';
import { staffScreens } from './staff';
import { visitScreens } from './visits';

/** Every screen, in an order in which nobody has to sign in twice. */
export const screens = [
	...publicScreens,
	...logScreens,
	...householdScreens,
	...visitScreens,
	...mineScreens,
	...thankedScreens,
	...leaderScreens,
	...requestScreens,
	...goalScreens,
	...peopleScreens,
	...staffScreens
];

/** Who looks at them. */
export const viewers = [...new Set(screens.map((screen) => screen.as))];

/** Time for one of them to see all of theirs, on a machine that has other work too. */
export const WALK_MS = 400_000;
