import type { Hole } from './hole';
import { ACCESS_HOLES } from './holes_of_access';
import { FIGURE_HOLES } from './holes_of_figures';
import { FUNCTION_HOLES } from './holes_of_functions';
import { GOAL_HOLES } from './holes_of_goals';
import { PEOPLE_HOLES } from './holes_of_people';
import { QUESTION_HOLES } from './holes_of_questions';
import { REQUEST_HOLES } from './holes_of_requests';

export const HOLES: Hole[] = [
	...ACCESS_HOLES,
	...FUNCTION_HOLES,
	...PEOPLE_HOLES,
	...FIGURE_HOLES,
	...REQUEST_HOLES,
	...QUESTION_HOLES,
	...GOAL_HOLES
];
