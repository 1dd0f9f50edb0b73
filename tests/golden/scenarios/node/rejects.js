process.on('unhandledRejection', (reason) => console.log('unhandled', reason));
process.on('rejectionHandled', () => console.log('handled late'));
const late = Promise.reject(5);
setTimeout(() => late.catch(() => console.log('caught')), 50);
setTimeout(async () => {
  await null;
  throw 'thrown';
}, 100);
