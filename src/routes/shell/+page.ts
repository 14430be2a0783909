// The page the service worker answers with when a phone has no network: no data, only the start
// of the application, which then reads its address and opens what the phone holds.
export const ssr = false;
export const prerender = true;
