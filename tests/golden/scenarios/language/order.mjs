// Whatever asks the program asks it the same things in the same order.
const asked = (length, sort) => {
  let pairs = 0;
  let sum = 0;
  sort(Array.from({ length }, (_, i) => (i * 7919) % 1009), (a, b) => {
    pairs++;
    sum = (sum * 31 + a * 7 + b) % 1000003;
    return a - b;
  });
  return [pairs, sum];
};
for (const length of [2, 6, 10, 63, 64, 500]) {
  console.log(length, asked(length, (array, by) => array.sort(by)), asked(length, (array, by) => array.toSorted(by)));
  console.log(asked(length, (array, by) => new Uint16Array(array).sort(by)));
}
console.log('shuffled', Array.from({ length: 100 }, (_, i) => i).sort(() => Math.random() - 0.5).join(' '));
console.log(Array.from({ length: 90 }, (_, i) => (i * 7) % 31).sort((a, b) => a > b).join(' '));
const weak = new WeakRef({ kept: true });
setTimeout(() => console.log(weak.deref(), new FinalizationRegistry(() => console.log('never')).register({}, 1)), 500);
