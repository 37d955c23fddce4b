// Runs the program of the one page, which stands in it gzipped, as a script whose hash the policy allows.
void (async () => {
  const text = atob(document.getElementById('app.js').textContent.trim())
  const packed = new Blob([Uint8Array.from(text, one => one.charCodeAt(0))])
  const script = document.createElement('script')
  script.textContent = await new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).text()
  document.head.append(script)
})()
