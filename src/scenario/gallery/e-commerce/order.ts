export interface Item {
  sku: string;
  name: string;
  price: number;
  qty: number;
}

export interface Order {
  orderId: number;
  customer: string;
  email: string;
  phone: string;
  items: Item[];
  total: number;
  currency: 'UAH';
}
