"""The process that reasons: `python -m bench.closure DO …`; it prints what was measured as one line of JSON.

committees OUT [STANDARDS]   write the ISO committees (and made-up standards) as N-Triples, by section 14 of the design
rules|owlrl FILE OUT         close ontology, alignments and a file; write the derived triples, sorted
grow FILE                    the same with the rules, cooperation links included; nothing is written
explain                      explain random derived triples of the packaged graph
anew|added [FILE]            the packaged graph (and FILE) with one file more: from scratch, or only what depends on it
"""

from __future__ import annotations

import gzip
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from bench.measure import ROOT

REGISTER = ROOT.parent / "shared" / "data" / "iso-committees" / "iso_technical_committees_2025-06-12.jsonl.gz"
ADDED = "cn-uk-wg/agreements"
EXPLAINED, SEED = 300, 7
ID, STDG = "https://w3id.org/stdgraph/id/", "https://w3id.org/stdgraph/ontology#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"


def memory() -> float:
    """Return the peak so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what some work gives, and its seconds."""
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def line(subject: str, verb: str, value: str, *, text: bool = False) -> str:
    """Return a triple as a line."""
    end = json.dumps(value, ensure_ascii=False) if text else f"<{value if '://' in value else ID + value}>"
    return f"<{ID}{subject}> <{verb if '://' in verb else STDG + verb}> {end} .\n"


def committee(record: dict[str, Any]) -> Iterator[str]:
    """Yield a committee of the register: members and liaisons as direct triples, the secretariat as a node."""
    own, holder = f"committee/iso-id-{record['id']}", record["secretariat"]
    yield line(own, TYPE, STDG + ("Subcommittee" if "/SC " in record["reference"] else "TechnicalCommittee"))
    yield line(own, "isoCommitteeId", str(record["id"]), text=True)
    yield line(own, "reference", record["reference"], text=True)
    yield line(own, LABEL, record["title"]["en"], text=True)
    yield line(own, "start", record["creationDate"], text=True)
    yield line(own, "subBodyOf", f"committee/iso-id-{record['parentId']}" if record["parentId"] else "org/iso")
    if holder:
        node = f"secretariat/{holder['id']}--{record['id']}"
        yield line(node, TYPE, STDG + "SecretariatAssignment")
        yield line(node, "holder", f"org/iso-id-{holder['id']}")
        yield line(node, "forBody", own)
        yield line(own, "secretariatHeldBy", f"org/iso-id-{holder['id']}")
    for key, verb in (("pMembers", "participatingMemberOf"), ("oMembers", "observingMemberOf")):
        for body in record[key] or ():
            yield from organization(body)
            yield line(f"org/iso-id-{body['id']}", verb, own)
    for body in record["organizationLiaisons"] or ():
        yield from organization(body)
        yield line(own, "listsLiaisonWith", f"org/iso-id-{body['id']}")
    for other in record["committeeLiaisons"] or ():
        yield line(own, "listsLiaisonWith", f"committee/iso-id-{other['id']}")


def organization(body: dict[str, Any]) -> Iterator[str]:
    """Yield a body that the register names."""
    own = f"org/iso-id-{body['id']}"
    yield line(own, TYPE, STDG + "Organization")
    yield line(own, "isoOrganizationId", str(body["id"]), text=True)
    if body.get("acronym"):
        yield line(own, "acronym", body["acronym"], text=True)


def standard(number: int, committees: list[int]) -> Iterator[str]:
    """Yield a made-up edition: what makes the graph large is made like what the register of deliverables has."""
    own = f"edition/made-{number}"
    yield line(own, TYPE, STDG + "StandardEdition")
    yield line(own, "reference", f"ISO {number}:{1950 + number % 75}", text=True)
    yield line(own, "isoDeliverableId", str(number), text=True)
    yield line(own, "http://purl.org/dc/terms/title", f"Made-up standard {number}", text=True)
    yield line(own, "date", str(1950 + number % 75), text=True)
    yield line(own, "developedBy", f"committee/iso-id-{committees[number % len(committees)]}")
    yield line(own, "issuedBy", "org/iso")
    yield line(own, "editionOf", f"standard/made-{number // 2}")
    yield line(f"standard/made-{number // 2}", TYPE, STDG + "Standard")
    if number % 2:
        yield line(own, "replaces", f"edition/made-{number - 1}")


def write_committees(out: str, standards: str = "0") -> dict[str, Any]:
    """Write the graph; the same call writes the same bytes."""
    with gzip.open(REGISTER, "rt", encoding="utf-8") as register:
        records = [json.loads(text) for text in register]
    with Path(out).open("w", encoding="utf-8") as stream:
        stream.write(line("org/iso", TYPE, STDG + "InternationalStandardsBody"))
        for record in records:
            stream.writelines(committee(record))
        for number in range(int(standards)):
            stream.writelines(standard(number, [record["id"] for record in records]))
    return {}


def files_with(path: str) -> list[Any]:
    """Return ontology, alignments and a file."""
    from stdgraph.storage.files import given_files, ontology_files

    return [*(f for f in ontology_files() if f.path.stem != "codes"), *given_files([path])]


def by_rules(path: str, out: str) -> dict[str, Any]:
    """Close with the rules: OWL RL alone, as owlrl does."""
    from stdgraph.reasoning import fixpoint, rules
    from stdgraph.services.infer import derived

    store = loaded(path)
    asserted = len({q.triple for q in store})
    _, seconds = timed(lambda: fixpoint.close(store, rules.chosen(store, everything=True)))
    peak, found = memory(), derived(store)
    Path(out).write_text("".join(f"{t} .\n" for t in found), "utf-8")
    return {"seconds": seconds, "megabytes": peak, "asserted": asserted, "derived": len(found)}


def loaded(path: str) -> Any:
    """Return a store in memory of ontology, alignments and a file; `-` is the packaged graph."""
    import pyoxigraph as ox

    from stdgraph.services.build import input_files

    store = ox.Store()
    for file in input_files() if path == "-" else files_with(path):
        store.extend(file.quads())
    return store


def by_owlrl(path: str, out: str) -> dict[str, Any]:
    """Close with owlrl; of what it derives, write what the rules do not leave out on purpose."""
    import owlrl
    import pyoxigraph as ox

    from stdgraph.services.infer import is_left_out
    from stdgraph.storage.bridge import from_rdflib, to_rdflib

    asserted = {q.triple for q in loaded(path)}
    graph = to_rdflib(asserted)
    _, seconds = timed(lambda: owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph))
    peak, spelled = memory(), ox.Store()
    spelled.extend(ox.Quad(t.subject, t.predicate, t.object) for t in from_rdflib(graph))
    found = sorted((q.triple for q in spelled if q.triple not in asserted and not is_left_out(q.triple)), key=str)
    Path(out).write_text("".join(f"{t} .\n" for t in found), "utf-8")
    return {"seconds": seconds, "megabytes": peak, "asserted": len(asserted), "derived": len(found)}


def grow(path: str) -> dict[str, Any]:
    """Close with the rules, links included."""
    from stdgraph.reasoning import rules

    store = loaded(path)
    asserted = len(store)
    _, seconds = timed(lambda: rules.reason(store, rules.chosen(store, everything=True)))
    return {"seconds": seconds, "megabytes": memory(), "asserted": asserted, "derived": len(store) - asserted}


def explain() -> dict[str, Any]:
    """Explain derived triples picked at random, in words and with sources; each is explained anew."""
    import stdgraph
    from stdgraph.services.explain import Explainer
    from stdgraph.services.infer import infer

    graph = stdgraph.open()
    picked = random.Random(SEED).sample(infer(graph.files), EXPLAINED)
    explainer = Explainer(graph.reads, graph.files)
    for triple in picked:
        explainer.explain(triple)
    times = []
    for triple in picked:
        explainer.prover.forget()
        found, seconds = timed(lambda triple=triple: explainer.explain(triple))  # type: ignore[misc]
        if found is None:
            raise RuntimeError(f"no proof of {triple}")
        times.append(seconds)
    times.sort()
    slow = times[int(0.99 * EXPLAINED)]
    return {"seconds": times[EXPLAINED // 2], "megabytes": memory(), "p99": slow, "most": times[-1]}


def one_more(beside: str = "", *, added: bool) -> dict[str, Any]:
    """Close the packaged graph (and a file beside it) without one file, then with it."""
    from stdgraph.reasoning import rules
    from stdgraph.services.build import input_files
    from stdgraph.services.infer import derived
    from stdgraph.storage.files import given_files

    (last,) = (file for file in input_files() if file.graph.endswith(ADDED))
    store, new = loaded("-"), list(last.quads())
    for file in given_files([beside]) if beside else ():
        store.extend(file.quads())
    if not added:
        _, seconds = timed(lambda: rules.reason(store, rules.chosen(store, everything=True)))
    else:
        for quad in new:
            store.remove(quad)
        rules.reason(store, rules.chosen(store, everything=True))
        _, seconds = timed(lambda: rules.reason_on(store, new, everything=True))
    return {"seconds": seconds, "megabytes": memory(), "derived": len(derived(store))}


DEEDS: dict[str, Callable[..., dict[str, Any]]] = {
    "committees": write_committees,
    "rules": by_rules,
    "owlrl": by_owlrl,
    "grow": grow,
    "explain": explain,
    "anew": partial(one_more, added=False),
    "added": partial(one_more, added=True),
}

if __name__ == "__main__":
    print(json.dumps(DEEDS[sys.argv[1]](*sys.argv[2:])))
