type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService'>;

// Chromium falls silent in the middle of one utterance that takes a network voice over 15 seconds.
const LONGEST = 180;

/**
 * The voice that reads a language: one that is on the phone if there is one, otherwise one that needs
 * the network, while there is a network.
 * @param lang `vi`, `en`
 */
export function voiceFor<V extends Voice>(
	voices: readonly V[],
	lang: string,
	online: boolean
): V | undefined {
	// Android writes `vi_VN` where the others write `vi-VN`.
	const fitting = voices.filter((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === lang);
	return fitting.find((voice) => voice.localService) ?? (online ? fitting[0] : undefined);
}

/** A text in pieces that a voice reads in one breath: its sentences, long ones cut between words. */
export function breaths(text: string): string[] {
	return text
		.replace(/([.!?…;:])\s+/g, '$1\n')
		.split('\n')
		.map((sentence) => sentence.trim())
		.filter(Boolean)
		.flatMap((sentence) => {
			const pieces = [''];
			for (const word of sentence.split(/\s+/)) {
				const longer = `${pieces.at(-1)} ${word}`.trim();
				if (longer.length > LONGEST) pieces.push(word);
				else pieces[pieces.length - 1] = longer;
			}
			return pieces.filter(Boolean);
		});
}
