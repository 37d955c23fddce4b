"""`stdgraph network` on the command line: what is asked for, what is left out, what is refused."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, TINY, iso_files
from stdgraph.services.pack import add


def test_what_a_time_leaves_out_is_told(run: Any) -> None:
    done = run("--data", TINY, "network", "metrics", "--from", "2017", "--to", "2018", "-f", "json")
    assert done.exit_code == 0
    assert "ties without a date" in done.stderr
    assert json.loads(done.stdout)


def test_measures_are_chosen_defined_and_of_the_whole(run_tiny: Any) -> None:
    assert run_tiny("network", "metrics", "--measure", "degree", "-f", "csv").stdout.startswith(
        "node,kind,country,degree\n"
    )
    assert "Freeman 1977" in run_tiny("network", "metrics", "--define").stdout
    assert "中介" in run_tiny("--lang", "zh", "network", "metrics", "--define").stdout
    assert "density" in run_tiny("network", "metrics", "--whole").stdout


def test_communities_tell_how_stable_they_are(run: Any) -> None:
    done = run("--data", TINY, "network", "communities", "-f", "json")
    assert sum(row["size"] for row in json.loads(done.stdout)) > 3
    assert "adjusted Rand index" in done.stderr


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_a_picture_is_drawn_in_the_form_of_the_suffix(form: str, run_tiny: Any, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="pip install stdgraph[plot] brings what draws networks")
    out = tmp_path / f"network.{form}"
    assert run_tiny("network", "plot", "--ego", "BSI", "-o", str(out)).exit_code == 0
    assert out.read_bytes()[:5] == {"svg": b"<?xml", "png": b"\x89PNG\r", "pdf": b"%PDF-"}[form]
    years = run_tiny("network", "plot", "--slices", "year", "--dark", "-f", form)
    assert (years.exit_code, years.stdout_bytes[:5]) == (0, out.read_bytes()[:5])


def test_a_picture_of_nothing_tells_so(run: Any) -> None:
    done = run("--data", TINY, "network", "plot", "--from", "1800", "--to", "1801", "-f", "svg")
    assert (done.exit_code, "Nothing to draw" in done.stderr, done.stdout[:5]) == (0, True, "<?xml")


def test_what_is_left_out_of_a_large_network_is_told(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "is estimated" not in run("--data", TINY, "network", "metrics").stderr
    monkeypatch.setattr("stdgraph.networks.measures.tables.LARGE", 3)
    done = run("--data", TINY, "network", "metrics", "-f", "csv")
    assert "nodes: betweenness is estimated" in done.stderr
    assert "betweenness_error" in done.stdout.splitlines()[0]


def test_a_network_of_each_year_is_one_zip(run_tiny: Any, tmp_path: Path) -> None:
    out = tmp_path / "years.zip"
    assert run_tiny("network", "export", "--slices", "year", "-f", "graphml", "-o", str(out)).exit_code == 0
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as packed:
        names = packed.namelist()
    assert {"undated.graphml", "undated.manifest.json"} <= set(names)


def test_parquet_has_edges_and_beside_them_nodes(run: Any, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow", reason="pip install stdgraph[parquet]")
    done = run("--data", TINY, "network", "export", "-o", str(tmp_path / "tiny.parquet"))
    assert "tiny.nodes.parquet" in done.stderr
    edges, nodes = (pandas.read_parquet(tmp_path / name) for name in ("tiny.parquet", "tiny.nodes.parquet"))
    assert set(edges["source"]) | set(edges["target"]) == set(nodes["id"])
    years = tmp_path / "years.zip"
    assert (
        run("--data", TINY, "network", "export", "--slices", "year", "-f", "parquet", "-o", str(years)).exit_code == 0
    )
    with zipfile.ZipFile(years) as packed:
        assert {"undated.parquet", "undated.nodes.parquet", "undated.manifest.json"} <= set(packed.namelist())


def test_without_pyarrow_a_line_tells_how_to_get_it(run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = run("--data", TINY, "network", "export", "-o", str(tmp_path / "tiny.parquet"))
    assert (done.exit_code, "pip install 'stdgraph[parquet]'" in done.stderr, list(tmp_path.iterdir())) == (2, True, [])


def test_what_a_file_cannot_tell_stands_beside_it(run_tiny: Any, tmp_path: Path) -> None:
    out = tmp_path / "edges.csv"
    assert run_tiny("network", "export", "-o", str(out)).exit_code == 0
    assert json.loads((tmp_path / "edges.csv.manifest.json").read_text("utf-8"))["view"] == "cooperation"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export",), "needed: one of"),
        (("export", "-f", "graphml", "--kind", "friendship"), "no kind of tie"),
        (("metrics", "--measure", "fame"), "no measure of this network"),
        (("metrics", "--view", "membership", "--weighted-paths"), "networks of one mode"),
        (("metrics", "--from", "someday"), "EDTF"),
        (("metrics", "--level", "town"), "none of all, body, country"),
        (("backbone", "--model", "magic"), "none of sdsm, fdsm, disparity"),
        (("backbone", "--model", "sdsm"), "two-mode view"),
        (("backbone", "--view", "membership", "--model", "disparity"), "of one mode"),
        (("backbone", "--alpha", "little"), "no number"),
        (("backbone", "--alpha", "2"), "between 0 and 1"),
        (("backbone", "-f", "ttl"), "makes no sense here"),
        (("compare",), "two views or more"),
        (("compare", "cooperation", "--model", "qap"), "two views or more"),
        (("compare", "cooperation", "records", "--model", "cug"), "one view"),
        (("compare", "cooperation", "records", "--model", "magic"), "none of cug, qap, mrqap"),
        (("compare", "cooperation", "records", "--control", "size"), "goes with mrqap"),
        (("compare", "cooperation", "records", "--given", "size"), "goes with cug"),
        (("compare", "cooperation", "friends"), "no view"),
        (("compare", "membership"), "of one mode"),
        (("compare", "cooperation:iso:p-member:more"), "too many parts"),
        (("plot", "--colour", "fame"), "none of kind, country"),
        (("plot", "--ego", "nobody at all"), "nobody at all"),
        (("plot", "-f", "csv"), "choose svg, png, pdf"),
        (("plot", "--layout", "columns"), "two modes"),
    ],
)
def test_wrong_use_is_told(run_tiny: Any, arguments: tuple[str, ...], said: str) -> None:
    done = run_tiny("network", *arguments)
    assert (done.exit_code, said in done.stderr) == (2, True)


OF_TINY = ("--data", TINY)
"""What is told on standard error is not where -q is."""


def test_a_backbone_is_told_and_written(run: Any, tmp_path: Path) -> None:
    done = run(*OF_TINY, "network", "backbone", "--view", "membership", "-f", "csv")
    assert done.stdout.startswith("a,b,observed,expected,p,kept\n")
    assert "upper tail" in done.stderr
    out = tmp_path / "backbone.graphml"
    assert run(*OF_TINY, "network", "backbone", "--alpha", "0.9", "--correction", "none", "-o", str(out)).exit_code == 0
    assert "disparity" in out.read_text("utf-8")
    rows = tmp_path / "pairs.csv"
    assert run(*OF_TINY, "network", "backbone", "--view", "records", "--model", "fdsm", "-o", str(rows)).exit_code == 0
    told = json.loads((tmp_path / "pairs.csv.manifest.json").read_text("utf-8"))
    assert {told[name] for name in ("model", "correction", "seed", "trials")} == {"fdsm", "bonferroni", 1, 1000}


def test_the_trials_of_a_backbone_are_told(run: Any) -> None:
    done = run(*OF_TINY, "network", "backbone", "--view", "records", "--model", "fdsm", "--trials", "5", "--seed", "3")
    assert "5 random networks, seed 3" in done.stderr
    assert "no pair can pass: with 5 random networks" in done.stderr


@pytest.mark.parametrize(
    "form", ["gexf", "gml", "zip", "neo4j", "cyjs", "cx2", "graphology", "pajek", "dl", "dot", "vosviewer"]
)
def test_a_backbone_has_all_forms_of_networks(form: str, run: Any) -> None:
    asked = "network backbone --view membership --alpha 0.9 --correction none --sign -f"
    done = run(*OF_TINY, *asked.split(), form)
    assert done.exit_code == 0
    assert done.stdout_bytes


def test_a_backbone_in_parquet_has_its_nodes_beside_it(run: Any, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow", reason="pip install stdgraph[parquet]")
    asked = "network backbone --view records --alpha 0.9 --correction none --sign -o"
    assert run(*OF_TINY, *asked.split(), str(tmp_path / "tied.parquet")).exit_code == 0
    edges, nodes = (pandas.read_parquet(tmp_path / name) for name in ("tied.parquet", "tied.nodes.parquet"))
    assert [str(edges[name].dtype) for name in ("weight", "expected", "p", "sign")] == [*["float64"] * 3, "int64"]
    assert set(edges["source"]) | set(edges["target"]) == set(nodes["id"]) != set()


def test_the_years_of_a_network_are_written_and_told_as_one_network_is(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "years.zip"
    done = run(*OF_TINY, "network", "export", "--slices", "year", "-f", "csv", "--excel", "-o", str(out))
    assert "csv cannot hold the attributes of nodes but labels" in done.stderr
    with zipfile.ZipFile(out) as packed:
        assert packed.read("undated.csv").startswith(b"\xef\xbb\xbf")


def test_views_are_compared_with_their_permutations_told(run: Any) -> None:
    asked = "network compare cooperation records --level all --trials 20 --seed 4 -f csv"
    done = run(*OF_TINY, *asked.split())
    assert done.stdout.startswith("a,b,correlation,jaccard,p_greater,p_less\ncooperation,records,")
    assert "20 permutations, seed 4" in done.stderr
    assert run(*OF_TINY, *asked.split()).stdout == done.stdout


def test_ties_that_a_comparison_leaves_out_are_told(run: Any) -> None:
    asked = ("--level", "all", "--from", "1990", "--to", "2100", "--trials", "5")
    several = run(*OF_TINY, "network", "compare", "cooperation", "records", *asked).stderr
    assert "cooperation: left out: " in several
    assert "records: left out: " in several
    assert run(*OF_TINY, "network", "compare", "cooperation", *asked).stderr.startswith("left out: ")


def test_a_view_is_compared_with_chance_and_words_are_defined(run: Any) -> None:
    done = run(*OF_TINY, "network", "compare", "cooperation", "--trials", "20", "-f", "csv")
    assert "transitivity" in done.stdout
    assert "20 random networks, seed 1" in done.stderr
    assert "Dekker" in run(*OF_TINY, "network", "compare", "--define").stdout
    assert "Serrano" in run(*OF_TINY, "network", "backbone", "--define").stdout
    assert "双重半偏" in run(*OF_TINY, "--lang", "zh", "network", "compare", "--define").stdout


def test_what_is_drawn_has_the_same_bytes_whatever_the_order_of_hashes() -> None:
    asked = ("backbone --view membership --limit 40 -f csv", "compare cooperation records --trials 50 -f csv")
    for arguments in asked:
        command = [sys.executable, "-m", "stdgraph", "--data", TINY, "network", *arguments.split()]
        if "compare" in arguments:
            command += ["--level", "all"]
        outs = {
            subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
            for seed in ("1", "2", "3")
        }
        assert len(outs) == 1


def test_network_exports_and_metrics(run_tiny: Any, tmp_path: Path) -> None:
    out = tmp_path / "net.graphml"
    assert run_tiny("network", "export", "--view", "cooperation", "-o", out).exit_code == 0
    assert "乙国标准协会" in out.read_text("utf-8")
    head = run_tiny("network", "metrics", "-f", "csv").stdout.splitlines()[0]
    assert head.startswith(
        "node,kind,country,degree,strength,betweenness,closeness,harmonic,eigenvector,pagerank,core,"
    )


def test_a_network_of_each_day_has_the_snapshot_of_then(
    run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    for day in ("2022-01-24", "2025-01-15"):
        add("iso", iso_files(ROOT / "tests" / "cases" / "pack" / f"committees_{day}.jsonl"))
    view = ("--data", TINY, "--pack", "iso", "network", "communities", "--view", "membership", "--only-pack", "iso")
    done = run(*view, "--days", "2020，2023,2025", "--list", "times", "-f", "csv")
    rows = [line.split(",")[:3] for line in done.stdout.splitlines()]
    assert rows == [["day", "nodes", "edges"], ["2020", "0", "0"], ["2023", "8", "10"], ["2025", "7", "10"]]
    newest = run(*view[:5], "metrics", *view[6:], "--whole", "-f", "csv").stdout
    assert "nodes,7," in newest
    assert "edges,10," in newest
    assert "2020: left out: 14 ties without a date" in done.stderr
    assert "2023: iso as of 2022-01-24" in done.stderr
    assert "2025: iso as of 2025-01-15" in done.stderr
    degrees = run(*view[:5], "metrics", *view[6:], "--days", "2023,2025", "--measure", "degree", "-f", "csv").stdout
    assert {line.split(",")[0] for line in degrees.splitlines()} == {"day", "2023", "2025"}


def test_communities_of_years_are_tables_pages_and_pictures(run_tiny: Any, tmp_path: Path) -> None:
    view = ("network", "communities", "--slices", "year")
    rows = json.loads(run_tiny(*view, "--list", "flows", "-f", "json").stdout)
    assert {"year", "community", "next_year", "next_community", "size", "countries", "members"} <= rows[0].keys()
    whole = json.loads(run_tiny(*view, "-f", "json").stdout)
    assert {row["year"] for row in whole} > {rows[0]["year"], rows[0]["next_year"]}
    assert run_tiny(*view, "-f", "xlsx", "-o", str(tmp_path / "a.xlsx")).exit_code == 0
    pytest.importorskip("vl_convert", reason="pip install stdgraph[plot] brings what draws charts")
    drawn = run_tiny(*view, "-f", "svg", "--dark")
    assert (drawn.exit_code, drawn.stdout[:4]) == (0, "<svg")
    page = run_tiny("--lang", "zh", *view, "-f", "html").stdout
    assert page.count("<svg") == 1
    assert "从何社群到何社群" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("communities", "--list", "flows"), "--list: goes with --days, --slices"),
        (("communities", "--dark"), "--dark: goes with --days, --slices"),
        (("communities", "--days", "2017"), "two days or years at least; there is 2017"),
        (("communities", "--days", "2017,soon"), "--days: 'soon' is not YYYY"),
        (("communities", "--days", "2017,2018", "--slices", "year"), "--days: not together with --slices"),
        (("communities", "--days", "2017,2018", "--dark"), "--dark: goes with svg, png, pdf"),
        (("metrics", "--days", "2017", "--slices", "year"), "--days: not together with --slices"),
    ],
)
def test_times_that_make_no_sense_are_refused(given: tuple[str, ...], said: str, run_tiny: Any) -> None:
    done = run_tiny("network", *given)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr
