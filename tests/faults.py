"""How many planted faults `stdgraph validate` finds, and at which line: the table of docs/validate.md.

python tests/faults.py                        prints it
python tests/faults.py --each 1 --lot 60 --write    puts it into the page; without --lot each fault is judged alone, which takes its time
python tests/faults.py labels dates/in-words  these groups and kinds alone
python tests/faults.py --each 4 --lot 60      four faults of each kind, sixty judged at once
python tests/faults.py --list                 names what is missed or misplaced too, with an example of each kind
python tests/faults.py --keep FOLDER          writes each file with its fault there
python tests/faults.py --foreign              the same through rdflib and pySHACL too
python tests/faults.py --clean                what is found where there is no fault
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus.blocks import world
from corpus.clean import looks, records
from corpus.judging import Judge, Verdict
from corpus.planting import GROUPS, Fault, faults

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "validate.md"
MARK, END = "<!-- computed by tests/faults.py -->\n", "<!-- end -->"
TITLES = {
    "syntax": "syntax", "vocabulary": "words", "labels": "texts of labels", "dates": "dates", "references": "references, cycles",
    "cardinality": "completeness, cardinality", "codes": "codes", "duplicates": "duplicates", "evidence": "evidence, citations",
    "forms": "form of the file", "identifiers": "identifiers", "types": "IRIs and texts, types", "sense": "what does not fit together",
    "copied": "texts of pages, scans, tables", "machines": "scripts and language models", "merges": "merges, blocks copied", "desk": "contradictions, neighbours' lines", "review": "what a second reader sees", "": "**all**",
}  # fmt: skip


def judged(planted: Sequence[Fault], lot: int = 1) -> list[Verdict]:
    """Return what comes of faults, so many judged at once; one that is not found at its line so is judged alone, too."""
    judge, done = Judge(), []
    for some in lots(planted, lot):
        found = judge.verdicts(some)
        done += [v if v.exact or len(some) == 1 else judge.verdicts([v.fault])[0] for v in found]
        if len(planted) > lot > 1:
            say(f"{len(done)} of {len(planted)}")
    order = {fault.name: at for at, fault in enumerate(planted)}
    return sorted(done, key=lambda v: order[v.fault.name])


def lots(planted: Sequence[Fault], size: int) -> Iterable[list[Fault]]:
    """Yield lots of faults of which no two stand in one file."""
    left = list(planted)
    while left:
        lot: dict[str, Fault] = {}
        for fault in left:
            if len(lot) < size:
                lot.setdefault(fault.path, fault)
        yield list(lot.values())
        taken = {fault.name for fault in lot.values()}
        left = [fault for fault in left if fault.name not in taken]


def grouped(verdicts: Sequence[Verdict]) -> Iterable[tuple[str, list[Verdict]]]:
    """Yield the verdicts of each group, and at last all."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[verdict.fault.group].append(verdict)
    yield from ((name, groups[name]) for name in GROUPS if name in groups)
    yield "", list(verdicts)


def table(verdicts: Sequence[Verdict], foreign: set[str] | None = None) -> str:
    """Return the table: by group, what is found, at which line, and what else is told."""
    lines = ["| group | kinds | faults | found | at the exact line | with findings elsewhere | rdflib and pySHACL |", "|---|---|---|---|---|---|---|"]  # fmt: skip
    for name, of in grouped(verdicts):
        kinds = len({(v.fault.group, v.fault.kind) for v in of})
        other = "" if foreign is None else share(v.fault.name in foreign for v in of)
        found, exact, beside = (
            share(told) for told in ((v.found for v in of), (v.exact for v in of), (bool(v.beside) for v in of))
        )
        lines.append(f"| {TITLES[name]} | {kinds} | {len(of)} | {found} | {exact} | {beside} | {other} |")
    return "\n".join(lines) + "\n"


def share(told: Iterable[bool]) -> str:
    """Return how many are true, in per cent with one digit."""
    every = list(told)
    return f"{100 * sum(every) / max(1, len(every)):.1f} %"


def lacking(verdicts: Iterable[Verdict]) -> Iterable[str]:
    """Yield a line for each kind that is missed or misplaced, with an example."""
    kinds: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        kinds[f"{verdict.fault.group}/{verdict.fault.kind}"].append(verdict)
    for name, of in kinds.items():
        for word, bad in (
            ("missed", [v for v in of if not v.found]),
            ("misplaced", [v for v in of if v.found and not v.exact]),
        ):
            if bad:
                yield f"- {word} {len(bad)}/{len(of)} **{name}** {example(bad[0])}"


def example(verdict: Verdict) -> str:
    """Return the line of a fault, and what is told elsewhere."""
    fault = verdict.fault
    lines = fault.data.decode("utf-8", "replace").split("\n")
    at = min(fault.mend - {0})
    line = lines[at - 1].strip() if at <= len(lines) else ""
    said = "; ".join(f"{s.line}: {s.rule} {s.text[:90]}" for s in verdict.beside[:2])
    return f"({'new' if fault.new else 'changed'}, {fault.path}:{sorted(fault.mend)[:4]}) `{line[:140]}` {said}"


def clean() -> Iterable[str]:
    """Yield what is found where there is no fault."""
    judge = Judge()
    for name, files in (
        ("300 real records under new ids", list(records(world()))),
        ("other looks", list(looks(world()))),
    ):
        told = [(f, one) for some in lots(files, 60) for f, said in judge.told(some) for one in said]
        yield f"{name}: {len(files)} files, {len(told)} findings"
        yield from (f"    {f.kind} {f.path}:{one.line} {one.rule} {one.text[:120]}" for f, one in told)


def say(text: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"{text}\n")


def main() -> None:
    """Do what the call asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*")
    parser.add_argument("--each", type=int, default=2)
    parser.add_argument("--lot", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    for flag in ("--write", "--list", "--foreign", "--clean"):
        parser.add_argument(flag, action="store_true")
    given = parser.parse_args()
    if given.clean:
        sys.stdout.write("\n".join(clean()) + "\n")
        return
    planted = [
        f for f in faults(world(), given.each) if not given.groups or {f.group, f"{f.group}/{f.kind}"} & {*given.groups}
    ]
    for fault in planted if given.keep else ():
        place = given.keep / fault.name / fault.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(fault.data)
    foreign = None
    if given.foreign:
        from corpus import foreign as others

        foreign = others.found(planted)
    verdicts = judged(planted, given.lot)
    made = table(verdicts, foreign)
    if given.write:
        head, mark, rest = PAGE.read_text("utf-8").partition(MARK)
        PAGE.write_text(head + mark + made + rest[rest.index(END) :], "utf-8")
    sys.stdout.write(made + "".join(f"{line}\n" for line in (lacking(verdicts) if given.list else ())))


if __name__ == "__main__":
    main()
