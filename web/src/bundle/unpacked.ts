/** Returns what gzip packed; some servers have unpacked it on the way. */
export async function unpacked(data: ArrayBuffer): Promise<ArrayBuffer> {
  const [first, second] = new Uint8Array(data, 0, Math.min(2, data.byteLength))
  if (first !== 0x1f || second !== 0x8b) return data
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(stream).arrayBuffer()
}
