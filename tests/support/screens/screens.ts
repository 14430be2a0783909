import { fieldScreens } from './field';
import { goalScreens, thankedScreens } from './goals';
import { leaderScreens } from './leader';
import { peopleScreens } from './people';
import { requestScreens } from './requests';
import { publicScreens } from './public';
import { staffScreens } from './staff';

/** Every screen, in an order in which nobody has to sign in twice. */
export const screens = [
	...publicScreens,
	...fieldScreens,
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
