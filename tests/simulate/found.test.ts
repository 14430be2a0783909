import { expect, test } from 'vitest';
import { memoryTarget } from './memory';
import type { Step } from './schedule';
import { tell } from './story';

/** Stories that went wrong once, as short as fast-check could make them. */
const STORIES: [string, Step[]][] = [
	[
		'2026-11-23: a restore between a push and the pull after it',
		[
			{ does: 'write', on: 3, tab: 0, write: 'household', which: 0, send: true },
			{ does: 'backup' },
			{ does: 'write', on: 3, tab: 0, write: 'household', which: 0, send: false },
			{ does: 'send', on: 3, tab: 0, faults: [[1, 'drop']] },
			{ does: 'restore' }
		]
	],
	[
		'2026-11-23: after a restore a change gets its old number behind a stranger',
		[
			{ does: 'write', on: 2, tab: 0, write: 'household', which: 0, send: false },
			{ does: 'backup' },
			{ does: 'send', on: 2, tab: 0, faults: [] },
			{ does: 'write', on: 0, tab: 0, write: 'household', which: 0, send: true },
			{ does: 'send', on: 1, tab: 0, faults: [] },
			{ does: 'restore' },
			{ does: 'write', on: 0, tab: 0, write: 'household', which: 0, send: false },
			{ does: 'write', on: 0, tab: 0, write: 'newer_field', which: 0, send: true }
		]
	],
	[
		'2026-11-23: an answer is lost, and then the group',
		[
			{ does: 'write', on: 1, tab: 0, write: 'household', which: 0, send: false },
			{ does: 'send', on: 1, tab: 0, faults: [[0, 'hold_answer']] },
			{ does: 'scope', who: 0, group: 0 },
			{ does: 'move', which: 0, arrives: false }
		]
	],
	[
		'2026-11-23: a correction is sent back with the creation, and then the group is lost',
		[
			{ does: 'write', on: 2, tab: 0, write: 'household', which: 0, send: false },
			{ does: 'write', on: 2, tab: 0, write: 'poison', which: 0, send: false },
			{ does: 'write', on: 2, tab: 0, write: 'poison', which: 0, send: true },
			{ does: 'scope', who: 1, group: 0 }
		]
	],
	[
		'2026-11-23: a tab that knows an older cursor pulls after a restore',
		[
			{ does: 'write', on: 3, tab: 0, write: 'household', which: 0, send: false },
			{ does: 'tab', on: 3, which: 0 },
			{ does: 'send', on: 3, tab: 0, faults: [] },
			{ does: 'rewind', on: 3, tab: 0, faults: [] },
			{ does: 'send', on: 3, tab: 1, faults: [] },
			{ does: 'send', on: 0, tab: 0, faults: [] },
			{ does: 'write', on: 0, tab: 0, write: 'household', which: 0, send: false },
			{ does: 'wait', on: 0, which: 0 },
			{ does: 'write', on: 0, tab: 0, write: 'household', which: 0, send: false }
		]
	],
	[
		'2026-11-23: a tab corrects what another has created, and then the group is lost',
		[
			{ does: 'tab', on: 1, which: 0 },
			{ does: 'write', on: 1, tab: 0, write: 'household', which: 0, send: false },
			{ does: 'send', on: 1, tab: 1, faults: [] },
			{ does: 'full', on: 1, tab: 0, at: 1, write: 'correct', which: 0 },
			{ does: 'write', on: 0, tab: 0, write: 'household', which: 0, send: false },
			{ does: 'scope', who: 0, group: 0 },
			{ does: 'wait', on: 0, which: 0 },
			{ does: 'guest', on: 0, which: 0 }
		]
	],
	[
		'2026-11-23: a restore between a push and the pull after it, and the same record is corrected again',
		[
			{ does: 'write', on: 0, tab: 0, write: 'household', which: 0, send: false },
			{ does: 'send', on: 0, tab: 0, faults: [] },
			{ does: 'backup' },
			{ does: 'write', on: 0, tab: 0, write: 'correct', which: 0, send: false },
			{ does: 'send', on: 0, tab: 0, faults: [[1, 'drop']] },
			{ does: 'restore' },
			{ does: 'write', on: 0, tab: 0, write: 'correct', which: 0, send: false }
		]
	],
	[
		'2026-11-23: a restore between a push and the pull after it, and the same words are corrected again behind a stranger',
		[
			{ does: 'write', on: 0, tab: 0, write: 'household', which: 0, send: false },
			{ does: 'send', on: 0, tab: 0, faults: [] },
			{ does: 'backup' },
			{ does: 'write', on: 0, tab: 0, write: 'correct', which: 0, send: false },
			{ does: 'send', on: 0, tab: 0, faults: [[1, 'drop']] },
			{ does: 'restore' },
			{ does: 'write', on: 2, tab: 0, write: 'household', which: 0, send: true },
			{ does: 'write', on: 2, tab: 0, write: 'household', which: 0, send: true },
			{ does: 'write', on: 0, tab: 0, write: 'correct', which: 0, send: false }
		]
	],
	[
		'2026-11-23: a restore between a push and the pull after it, and somebody else corrects the same record',
		[
			{ does: 'write', on: 0, tab: 0, write: 'household', which: 0, send: true },
			{ does: 'send', on: 2, tab: 0, faults: [] },
			{ does: 'backup' },
			{ does: 'write', on: 0, tab: 0, write: 'correct', which: 0, send: false },
			{ does: 'send', on: 0, tab: 0, faults: [[1, 'drop']] },
			{ does: 'restore' },
			{ does: 'write', on: 2, tab: 0, write: 'correct', which: 0, send: true }
		]
	]
];

test.each(STORIES)('%s: nothing is lost, doubled or different', async (_, steps) => {
	expect(await tell(memoryTarget(), steps)).toEqual({ lost: [], doubled: [], diverged: [] });
});
