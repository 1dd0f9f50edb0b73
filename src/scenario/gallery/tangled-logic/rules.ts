/** What a customer pays depends on stock, on loyalty, and on what the two together do to delivery. */
export const inStock = (id: number) => id % 4 !== 0;
export const loyalty = (id: number) => (id % 3 === 0 ? 'gold' : 'none');
export const delivery = (stock: boolean, level: string) => (stock ? (level === 'gold' ? 0 : 60) : 120);
export const price = (level: string, fee: number) => (level === 'gold' ? 900 : 1000) + fee;
