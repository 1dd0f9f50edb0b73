import { eventBus, show } from 'eventarium';

const packed = new Map<string, Set<string>>();

eventBus('events').subscribe('order.created', function pack({ data }) {
  const parcels = packed.get(data.shop) ?? new Set();
  packed.set(data.shop, parcels.add(String(data.id)));
});

// In the evening each shop's orders are held against the parcels.
eventBus('events').subscribe('day.closed', function takeStock({ data }) {
  const [orders, parcels] = [new Set<string>(data.orders), packed.get(data.shop) ?? new Set<string>()];
  const lost = [...orders].filter((id) => !parcels.has(id));
  const invented = [...parcels].filter((id) => !orders.has(id));
  show(`${data.shop}: paid for and never sent`, lost.length);
  show(`${data.shop}: sent and never ordered`, invented.length);
});
