import { every } from 'eventarium';

// The same customers at both shops, five a second; where nobody answers, there is nothing to be done.
every(200, () => {
  for (const shop of ['http://plain-shop:3000', 'http://safe-shop:4000'])
    fetch(`${shop}/orders`, { method: 'POST' }).catch(() => undefined);
});
