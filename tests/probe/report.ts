/** What a run has found so far. */
export class Report {
	probes = 0;
	readonly leaks: string[] = [];
	readonly overdenials: string[] = [];

	probed(): void {
		this.probes += 1;
	}

	/** Somebody sees or does what is not theirs. */
	leak(sentence: string): void {
		this.leaks.push(sentence);
	}

	/** Somebody does not see, or may not do, what is theirs. */
	overdenial(sentence: string): void {
		this.overdenials.push(sentence);
	}

	/** It could not be tried: what came back is a fault and no refusal. */
	broken(sentence: string): void {
		this.overdenials.push(`${sentence} (this is no refusal, but a fault)`);
	}

	get clean(): boolean {
		return this.leaks.length === 0 && this.overdenials.length === 0;
	}

	get line(): string {
		return `probes ${this.probes} leaks ${this.leaks.length} overdenials ${this.overdenials.length}`;
	}
}
