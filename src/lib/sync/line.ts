/** What is needed only where there is a line to the server, in one piece. */
export { pull } from './pull';
export { push } from './push';
export { report } from './report';
