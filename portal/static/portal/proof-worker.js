/* Finds a number whose SHA-256, with the challenge's salt and nonce, begins as asked (https://altcha.org, protocol 2).
   FIPS 180-4, written out here because a browser gives its own only to pages that came over HTTPS. */
"use strict";

const K = new Uint32Array(64);
const START = new Uint32Array(8);
{ // the first bits of the fractions of roots of the first primes
  const fraction = (x) => Math.floor((x - Math.floor(x)) * 2 ** 32);
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  primes.forEach((prime, at) => {
    K[at] = fraction(Math.cbrt(prime));
    if (at < 8) START[at] = fraction(Math.sqrt(prime));
  });
}
const words = new Uint32Array(64);

// One block is enough: salt, nonce and counter are 36 bytes.
function digest(bytes) {
  const block = new DataView(new ArrayBuffer(64));
  bytes.forEach((byte, at) => block.setUint8(at, byte));
  block.setUint8(bytes.length, 0x80);
  block.setUint32(60, bytes.length * 8);
  for (let at = 0; at < 16; at++) words[at] = block.getUint32(at * 4);
  const turn = (x, by) => (x >>> by) | (x << (32 - by));
  for (let at = 16; at < 64; at++) {
    const [a, b] = [words[at - 15], words[at - 2]];
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    words[at] = (words[at - 16] + s0 + words[at - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[at] + words[at]) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  const sums = [a, b, c, d, e, f, g, h].map((word, at) => (word + START[at]) >>> 0);
  return sums.map((word) => word.toString(16).padStart(8, "0")).join("");
}

addEventListener("message", ({ data: { salt, nonce, keyPrefix } }) => {
  const fixed = (salt + nonce).match(/../g).map((pair) => parseInt(pair, 16));
  for (let counter = 0; counter < 2 ** 32; counter++) {
    const key = digest([...fixed, counter >>> 24, (counter >>> 16) & 255, (counter >>> 8) & 255, counter & 255]);
    if (key.startsWith(keyPrefix)) return postMessage({ counter, derivedKey: key });
  }
  throw new Error("no number fits");
});
