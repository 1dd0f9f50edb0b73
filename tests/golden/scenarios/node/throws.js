process.exitCode = 3;
process.on('exit', (code) => console.log('exit', code));
setTimeout(() => {
  throw new TypeError('not caught');
}, 10);
