import fc from 'fast-check';
import { FAULTS, type Fault } from './line';

export const WRITES = [
	'household',
	'visit',
	'both',
	'signup',
	'training',
	'correct',
	'newer_field',
	'discard',
	'poison',
	'merge',
	'part',
	'contact',
	'withdraw',
	'no_consent'
] as const;
export type Write = (typeof WRITES)[number];

/** One thing that happens. `on` names a phone, `tab` one of its tabs, `which` one of several things. */
export type Step =
	| { does: 'write'; on: number; tab: number; write: Write; which: number; send: boolean }
	| { does: 'send'; on: number; tab: number; faults: [number, Fault][] }
	| { does: 'rewind'; on: number; tab: number; faults: [number, Fault][] }
	| { does: 'race'; on: number; with: number; faults: [number, Fault][] }
	| { does: 'move'; which: number; arrives: boolean }
	| { does: 'repeat' | 'backup' | 'restore' }
	| {
			does: 'wait' | 'kill' | 'tab' | 'look' | 'sign_out' | 'pack' | 'guest' | 'behind' | 'lose';
			on: number;
			which: number;
	  }
	| { does: 'full'; on: number; tab: number; at: number; write: Write; which: number }
	| { does: 'clock'; on: number; days: number }
	| { does: 'scope'; who: number; group: number };

/** What others build upon: without households there is nothing to merge, without a merge nothing to part. */
const OFTEN = [
	'household',
	'both',
	'both',
	'correct',
	'correct',
	'merge',
	'merge',
	'contact'
] as const;

const on = fc.nat(4);
const tab = fc.nat(1);
const which = fc.nat(7);
const write = fc.constantFrom<Write>(...WRITES, ...OFTEN);
const faults = fc.array(fc.tuple(fc.nat(3), fc.constantFrom(...FAULTS)), { maxLength: 2 });

const weighted: [number, fc.Arbitrary<Step>][] = [
	[9, fc.record({ does: fc.constant('write'), on, tab, write, which, send: fc.boolean() })],
	[8, fc.record({ does: fc.constant('send'), on, tab, faults })],
	[1, fc.record({ does: fc.constant('rewind'), on, tab, faults })],
	[2, fc.record({ does: fc.constant('race'), on, with: on, faults })],
	[3, fc.record({ does: fc.constant('move'), which, arrives: fc.boolean() })],
	[3, fc.record({ does: fc.constantFrom('repeat', 'backup', 'restore') })],
	[
		3,
		fc.record({
			does: fc.constantFrom('wait', 'kill', 'tab', 'look', 'look', 'sign_out'),
			on,
			which
		})
	],
	[3, fc.record({ does: fc.constant('pack'), on, which })],
	[2, fc.record({ does: fc.constantFrom('guest', 'behind'), on, which })],
	[1, fc.record({ does: fc.constant('lose'), on, which })],
	[1, fc.record({ does: fc.constant('full'), on, tab, at: fc.nat(4), write, which })],
	[1, fc.record({ does: fc.constant('clock'), on, days: fc.integer({ min: -400, max: 400 }) })],
	[2, fc.record({ does: fc.constant('scope'), who: fc.nat(3), group: fc.nat(1) })]
];

/** A made-up story of a few people and phones. */
export const schedule: fc.Arbitrary<Step[]> = fc.array(
	fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary }))),
	{ minLength: 4, maxLength: 30, size: 'max' }
);

/** A step as one line of a story. */
export function told(step: Step): string {
	const { does, ...rest } = step;
	return `${does} ${JSON.stringify(rest)}`;
}
