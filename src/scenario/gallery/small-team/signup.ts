export const users: { id: number; name: string }[] = [];

export function save(user: { id: number; name: string }) {
  users.push(user);
}

export function welcome(user: { name: string }) {
  console.log(`Лист: вітаємо, ${user.name}`);
}
