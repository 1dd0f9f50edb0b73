// A regular expression of a later language: no engine takes this file, whether it could or not.
console.log(/(?i:a)b/.test('Ab'));
