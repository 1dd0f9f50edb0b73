import { eventBus, every } from 'eventarium';

const bus = eventBus('clinic');
const patients = ['Олена', 'Тарас', 'Марія', 'Іван', 'Софія'];

// Every second scan travels inside its message, every other one is left at the store.
every(
  700,
  async (id) => {
    const scan = 'x'.repeat(40_000);
    const facts = { id, patient: patients[id % 5], uah: 650 };
    try {
      if (id % 2 === 1) return bus.emit('scan.whole', { ...facts, scan });
      await fetch(`http://store:9000/scans/${id}`, { method: 'PUT', body: scan });
      return bus.emit('scan.claimed', { ...facts, scanAt: `http://store:9000/scans/${id}` });
    } catch (error) {
      return console.warn(`scan ${id} was not sent: ${error.message}`);
    }
  },
  { times: 10 },
);
