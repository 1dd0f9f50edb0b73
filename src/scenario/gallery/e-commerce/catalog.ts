export const goods = [
  { sku: 'KB-87', name: 'Клавіатура', price: 1800 },
  { sku: 'MS-12', name: 'Миша', price: 900 },
  { sku: 'HP-30', name: 'Навушники', price: 2400 },
  { sku: 'WC-08', name: 'Вебкамера', price: 1400 },
  { sku: 'LT-15', name: 'Ноутбук', price: 32000 },
  { sku: 'MN-27', name: 'Монітор', price: 9500 },
];

// 1C has no article for it.
export const giftCard = { sku: 'GIFT', name: 'Подарункова картка', price: 500 };

export const customers = [
  { name: 'Олена Коваль', email: 'olena@example.com', phone: '+380 44 555 01 01' },
  { name: 'Тарас Бондар', email: 'taras@example.com', phone: '+380 44 555 01 02' },
  { name: 'Ірина Шевчук', email: 'iryna@example.com', phone: '+380 44 555 01 03' },
  { name: 'Богдан Мельник', email: 'bohdan@example.com', phone: '+380 44 555 01 04' },
  { name: 'Соломія Ткач', email: 'solomiia@example.com', phone: '+380 44 555 01 05' },
  { name: 'Назар Гончар', email: 'nazar@example.com', phone: '+380 44 555 01 06' },
];
