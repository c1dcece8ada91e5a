/** Who this tab acts as on a loopback server, where no token tells; kept for the tab. */

const KEY = 'meritloop-user';
/** Visible ASCII, as a header must be. */
const PLAIN = /^[\x20-\x7e]{1,200}$/;

export function setActingUser(name: string): void {
  const plain = name.trim();
  if (PLAIN.test(plain)) sessionStorage.setItem(KEY, plain);
}

export function actingUserHeader(): Record<string, string> {
  const name = sessionStorage.getItem(KEY);
  return name === null ? {} : { 'Meritloop-User': name };
}
