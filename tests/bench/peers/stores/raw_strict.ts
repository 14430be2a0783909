import { raw } from './raw';

export default raw('strict');
