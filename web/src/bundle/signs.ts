// Bytes as text that stands in a page: the twin of stdgraph/services/site/signs.py.

/** Signs of seven bits that do not stand in a page as themselves. */
const AWAY = [0, 10, 13, 60]

/** Returns the bytes that a text stands for. */
export function bytesOf(text: string): ArrayBuffer {
  const bytes = new Uint8Array(Math.ceil((text.length * 7) / 4))
  let at = 0
  let bits = 0
  let kept = 0
  const take = (sign: number): void => {
    kept = ((kept << 7) | sign) & 0x7fff
    bits += 7
    if (bits < 8) return
    bits -= 8
    bytes[at++] = kept >> bits
  }
  for (let n = 0; n < text.length; n++) {
    const sign = text.charCodeAt(n)
    if (sign < 0x80) take(sign)
    else {
      const [which, rest] = [(sign >> 7) - 1, sign & 0x7f]
      take(AWAY[which < AWAY.length ? which : rest] as number)
      if (which < AWAY.length) take(rest)
    }
  }
  return bytes.buffer.slice(0, at)
}
