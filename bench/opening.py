"""`python -m bench.opening PAGE TIMES`: opens the explorer in Chromium and prints its times as JSON.

A frame is measured by the processor time of the page's own thread, which other programs do not lengthen; all else by the clock.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from explored import launched

NODES, EDGES = 1000, 5000
FRAMES, TIMES = 8, 3
"""So many frames are measured together, so many times."""
READY = "stdgraph.engine.ready.then(() => performance.now() / 1000)"
TIMED = """async text => {
  const begun = performance.now()
  await (text ? stdgraph.words.ask(text) : stdgraph.profile(['country/CN', 'country/DE']))
  return (performance.now() - begun) / 1000
}"""
QUESTION = "Who convenes the graphene working group?"
SET_UP = """async ([nodes, edges]) => {
  const box = document.createElement('div')
  Object.assign(box.style, { position: 'fixed', inset: '0', zIndex: '9', background: '#fff' })
  document.body.append(box)
  const { Drawing } = await stdgraph.drawing()
  const tones = { paper: '#ffffff', ink: '#000000', edge: '#999999', strong: '#555555', dim: '#dddddd', focus: '#bb5500' }
  const none = () => {}
  globalThis.drawn = new Drawing(box, false, tones, { node: none, twice: none, edge: none, nothing: none, moved: none })
  let seed = 1
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
  const some = () => `n${Math.floor(random() * nodes)}`
  const marks = Array.from({ length: nodes }, (_, at) => ({ id: `n${at}`, label: `Committee ${at} of things`, x: random() * 100, y: random() * 100, size: 2 + random() * 8, colour: '#336699', isSquare: at % 3 === 0 }))
  const lines = new Map()
  while (lines.size < edges) {
    const [a, b] = [some(), some()].sort()
    if (a !== b) lines.set(`${a}~${b}`, { id: `${a}~${b}`, a, b, size: 1 })
  }
  drawn.draw(marks, [...lines.values()], null)
}"""
RUN = """async ([frames, isLit]) => {
  for (let at = 0; at < frames; at++) {
    await new Promise(requestAnimationFrame)
    if (isLit) drawn.mark(`n${at}`, new Set(), new Set())
    drawn.frame()
  }
}"""


def opened(browser: Any, page: Path) -> Any:
    """Open the page anew."""
    found = browser.new_page(viewport={"width": 1280, "height": 900})
    found.goto(f"{page.as_uri()}#/en/ask")
    found.wait_for_selector("h1")
    return found


def frames(page: Any, *, lit: bool) -> list[float]:
    """Return the processor seconds of a frame."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        told = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        return float(told["TaskDuration"])

    found = []
    page.evaluate(RUN, [FRAMES, lit])
    for _ in range(TIMES):
        before = spent()
        page.evaluate(RUN, [FRAMES, lit])
        found.append((spent() - before) / (FRAMES))
    return found


def main() -> None:
    """Print the times."""
    path, times = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    told: dict[str, list[float]] = {"ready": [], "profile": [], "words": []}
    with launched() as browser:
        for _ in range(times):
            page = opened(browser, path)
            told["ready"].append(page.evaluate(READY))
            told["profile"].append(page.evaluate(TIMED, ""))
            told["words"].append(page.evaluate(TIMED, QUESTION))
            page.close()
        page = opened(browser, path)
        page.evaluate(READY)
        page.evaluate(SET_UP, [NODES, EDGES])
        for name in ("frame", "lit"):
            told[name] = frames(page, lit=name == "lit")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"told": told, "megabytes": peak}))


if __name__ == "__main__":
    main()
