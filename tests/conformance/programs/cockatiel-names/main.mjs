// What an ES module sees of a package that was made for require.
import * as cockatiel from 'cockatiel';
import whole from 'cockatiel';

console.log(Object.keys(cockatiel).filter((name) => /^[_a-h]/.test(name)), cockatiel.__esModule);
console.log(cockatiel.default === whole, Object.keys(whole).includes('__esModule'), whole.__esModule, whole.retry === cockatiel.retry);
