"""Writes a register of made-up committees and standards, in the form in which ISO publishes its own: for the bench.

    python -m bench.register FOLDER [--standards N]

The same call writes the same bytes. 1.3 million standards (the size of the platform that document bri-10y describes) give some
13 million triples.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

STANDARDS = 1_300_000
COMMITTEES = 785
BODIES = 161
DAY = "2025-01-01"
CODES = ("ISO", "ISO/IEC", "IEC", "GB/T", "GB", "DIN", "BS", "NF", "JIS", "GOST R", "EN", "T/CECS")
DASHED = {"GB/T", "GB", "T/CECS"}
THINGS = (
    *(
        "graphene",
        "steel",
        "valve",
        "bearing",
        "textile",
        "tea",
        "timber",
        "glass",
        "cable",
        "pump",
        "battery",
        "paint",
    ),
    *("concrete", "polymer", "ceramic", "rubber", "leather", "fuel", "turbine", "robot", "laser", "sensor", "screw"),
    *("software", "database", "railway", "vessel", "aircraft", "tractor", "fertilizer", "cereal", "coffee", "meat"),
)
HAN = (
    *("石墨烯", "钢", "阀门", "轴承", "纺织品", "茶叶", "木材", "玻璃", "电缆", "泵", "电池", "涂料"),
    *("混凝土", "聚合物", "陶瓷", "橡胶", "皮革", "燃料", "汽轮机", "机器人", "激光", "传感器", "螺钉"),
    *("软件", "数据库", "铁路", "船舶", "航空器", "拖拉机", "肥料", "谷物", "咖啡", "肉"),
)
DEEDS = ("Vocabulary", "Test methods", "Requirements", "Sampling", "Safety", "Determination of density", "Marking")
HAN_DEEDS = ("术语", "试验方法", "要求", "取样", "安全", "密度的测定", "标志")
PLACES = (
    "for mines",
    "in cold regions",
    "for ships",
    "at low temperature",
    "for schools",
    "in hospitals",
    "for export",
)


def committees(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Yield committees with members and liaisons, as many as the real register has."""
    bodies = [{"id": 1500 + n, "acronym": f"B{n:03d}"} for n in range(BODIES)]
    for number in range(1, COMMITTEES + 1):
        taking = rng.sample(bodies, 38)
        others = rng.sample(range(1, COMMITTEES + 1), 6)
        yield {
            "id": 40_000 + number,
            "reference": f"ISO/TC {number}",
            "status": "Active",
            "title": {"en": f"{rng.choice(THINGS).title()} {number}"},
            "secretariat": taking[0],
            "creationDate": f"{rng.randint(1947, 2024)}-{rng.randint(1, 12):02d}-15",
            "scope": {"en": "Standardization in a field that is made up."},
            "parentId": None,
            "childrenId": None,
            "pMembers": taking[:21],
            "oMembers": taking[21:],
            "committeeLiaisons": [{"id": 40_000 + n, "reference": f"ISO/TC {n}"} for n in others if n != number]
            or None,
            "organizationLiaisons": [{"id": 9000 + n, "acronym": f"L{n:03d}"} for n in rng.sample(range(917), 4)],
            "sortKey": f"ISO/TC {number:04d}",
        }


def standards(rng: random.Random, count: int) -> Iterator[dict[str, Any]]:
    """Yield standards in runs of editions that replace each other."""
    number = 0
    while number < count:
        code, year = rng.choice(CODES), rng.randint(1950, 2010)
        work, deed, thing = f"{code} {number + 1000}", rng.randrange(len(DEEDS)), rng.randrange(len(THINGS))
        title = {"en": f"{THINGS[thing].title()} — {DEEDS[deed]} {rng.choice(PLACES)}"}
        if rng.random() < 0.5:
            title["zh"] = f"{HAN[thing]} {HAN_DEEDS[deed]}"
        place = rng.randint(1, COMMITTEES)
        ics = [f"{rng.randrange(1, 100, 2):02d}.{rng.randrange(20, 240, 20):03d}.{rng.randrange(0, 100, 10):02d}"]
        editions = min(rng.choice((1, 1, 2, 3)), count - number)
        for edition in range(editions):
            number += 1
            yield {
                "id": number,
                "deliverableType": "IS",
                "supplementType": None,
                "reference": f"{work}-{year}" if code in DASHED else f"{work}:{year}",
                "title": title,
                "publicationDate": f"{year}-{rng.randint(1, 12):02d}-01",
                "edition": None,
                "icsCode": ics,
                "ownerCommittee": f"ISO/TC {place}",
                "currentStage": 6060 if edition == editions - 1 else 9599,
                "replaces": [number - 1] if edition else None,
                "replacedBy": None,
                "languages": None,
                "pages": {"en": 10},
                "scope": None,
            }
            year += rng.randint(1, 7)


def write(folder: Path, count: int = STANDARDS) -> tuple[Path, Path]:
    """Write both files and return their paths."""
    rng = random.Random(1)
    paths = folder / f"committees_{DAY}.jsonl.gz", folder / f"standards_{DAY}.jsonl.gz"
    for path, records in zip(paths, (committees(rng), standards(rng, count)), strict=True):
        with path.open("wb") as raw, gzip.GzipFile("", "wb", compresslevel=1, fileobj=raw, mtime=0) as out:
            for record in records:
                out.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return paths


def main() -> None:
    """Write a register into a folder."""
    parser = argparse.ArgumentParser(prog="python -m bench.register", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--standards", type=int, default=STANDARDS)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for path in write(given.folder, given.standards):
        print(path)


if __name__ == "__main__":
    main()
