type Session = { token: string; person_id: string };

/** Signs in as the demo's member, without a browser. */
export async function signIn(url: string) {
	const form = await (await fetch(`${url}/demo/member`)).text();
	const [, name = '', value = ''] =
		/<(?:input|button)[^>]*name="([^"]+)"[^>]*value="([^"]+)"/.exec(form) ?? [];
	const page = await fetch(`${url}/demo/member`, {
		method: 'POST',
		body: new URLSearchParams({ [name]: value }),
		headers: { origin: url, 'content-type': 'application/x-www-form-urlencoded' },
		redirect: 'manual'
	});
	const cookies = page.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
	return {
		async session(): Promise<Session> {
			const answer = await fetch(`${url}/api/session`, { headers: { cookie: cookies.join('; ') } });
			if (!answer.ok) throw new Error(`sign-in: ${page.status}, ${answer.status}`);
			return (await answer.json()) as Session;
		},
		/** For a browser. */
		cookies: () =>
			cookies.map((one) => {
				const [name = '', ...value] = one.split('=');
				return { name, value: value.join('='), url };
			})
	};
}
