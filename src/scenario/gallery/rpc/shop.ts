import { every } from 'eventarium';
import { ask } from './rpc-client';

async function showPrice(n: number) {
  const sku = ['KB-87', 'MS-12', 'HP-30'][n % 3];
  try {
    const { price } = await ask('prices', { sku }, 1500);
    console.log(`Question ${n}: ${sku} costs ${price} UAH`);
  } catch (error) {
    console.error(`Question ${n}: ${error.message}`);
  }
}

every(500, showPrice, { times: 30 });
