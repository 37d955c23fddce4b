"""The section of each rule in docs/shapes.md: what it asks, a failing example from `tests/cases`, the repair, why.

`tests/cases/shapes/CLASS/*.ttl` are the examples of shapes; of a check it is `tests/cases/checks/NAME.ttl`, whose first
line may say `# as PATH`, where a file of its kind lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from stdgraph.model.rules import Rule
from stdgraph.model.vocabulary import RDF, SH, expand, short

ROOT = Path(__file__).parents[1]
SHAPES, CHECKS = ROOT / "tests" / "cases" / "shapes", ROOT / "tests" / "cases" / "checks"
RESULT = re.compile(r"sh:focusNode (\S+) ;(?:(?!\] ;|\n\s*\]).)*?sh:sourceShape (stdgs:\S+)", re.DOTALL)
MOST = 5
BRANCHES = ("and", "node", "not", "or", "qualifiedValueShape", "xone")
Both = tuple[str, str]

ASKED: dict[str, Both] = {
    "and": ("all of {}", "同时符合{}"),
    "class": ("a {}", "须为{}"),
    "closed": ("nothing but what it lists", "不得有所列以外的属性"),
    "datatype": ("of datatype {}", "数据类型为{}"),
    "disjoint": ("other values than {}", "不得与{}同值"),
    "equals": ("the values of {}", "须与{}同值"),
    "hasValue": ("{} among them", "其中须有{}"),
    "in": ("one of {}", "须为{}之一"),
    "languageIn": ("in one of the languages {}", "语言须为{}之一"),
    "lessThan": ("before {}", "须早于或小于{}"),
    "lessThanOrEquals": ("not after {}", "不得晚于或大于{}"),
    "maxCount": ("at most {}", "至多{}个"),
    "maxExclusive": ("less than {}", "须小于{}"),
    "maxInclusive": ("not more than {}", "不得大于{}"),
    "maxLength": ("at most {} characters", "至多{}个字符"),
    "minCount": ("at least {}", "至少{}个"),
    "minExclusive": ("more than {}", "须大于{}"),
    "minInclusive": ("not less than {}", "不得小于{}"),
    "minLength": ("at least {} characters", "至少{}个字符"),
    "node": ("what {} asks", "须符合{}"),
    "nodeKind": ("an {}", "须为{}"),
    "not": ("not what {} asks", "不得符合{}"),
    "or": ("one of {}", "须符合{}之一"),
    "pattern": ("of the form {}", "须为{}的形式"),
    "qualifiedMaxCount": ("at most {} of them", "其中至多{}个"),
    "qualifiedMinCount": ("at least {} of them", "其中至少{}个"),
    "qualifiedValueShape": ("as {} asks", "符合{}"),
    "sparql": ("that the query {} finds nothing", "查询{}须无结果"),
    "uniqueLang": ("one text a language", "每种语言仅一个文本"),
    "xone": ("exactly one of {}", "须且仅须符合{}之一"),
}
"""Constraint to what it asks, `{}` standing for its value."""

WHY: dict[str, Both] = {
    "sparql": (
        "What two statements say does not go together, or lacks what goes with it: one of them is wrong, and all that is derived from it.",
        "几项陈述彼此不符，或缺少应有的内容：其中必有一项有误，由其推出的内容也随之有误。",
    ),
    "class": (
        "A link to what is not described, or is of another kind, leads nowhere: questions and rules pass the record by.",
        "指向未描述之物或其他种类之物的链接没有去处：问题和规则会略过该记录。",
    ),
    "in": (
        "Codes are compared letter by letter: what is not on the list is found by no filter and counted in no group.",
        "代码逐字比较：不在代码表中的值不会被任何筛选找到，也不计入任何分组。",
    ),
    "datatype": (
        "Values are sorted and computed by their kind: another kind is left out, or put in the wrong place.",
        "数值按其类型排序和计算：类型不符者会被略去或排错位置。",
    ),
    "or": (
        "Each branch makes a record whole; with none of them it says too little to be of use, and where they exclude each other, two make it two things at once.",
        "任一分支都可使记录完整；若均不成立，记录所述不足；若互斥的几项同时成立，则一物成了两物。",
    ),
    "maxCount": (
        "Two values cannot both be meant: who reads one sees another graph than who reads the other.",
        "两个值不能同时成立：读取不同的值会得出不同的结果。",
    ),
    "minCount": (
        "Without it the record cannot be told from others, placed or counted: the questions that read it leave the record out.",
        "缺少该内容，记录便无法与其他记录区分、定位或计数：读取它的问题会略去该记录。",
    ),
    "languageIn": (
        "Names are chosen by their language: under another tag nobody finds them.",
        "名称按语言选取：使用其他标签则无法找到。",
    ),
    "slots": (
        "On a thing of another kind nothing reads the property; most often the class is missing or wrong.",
        "其他种类之物的该属性无人读取；多为类型缺失或有误。",
    ),
    "iri": (
        "The IRI is what others cite and it never changes: it must say rightly what kind of thing it names.",
        "IRI供他人引用且永不更改：必须正确反映所指之物的种类。",
    ),
    "": (
        "What does not keep to it is read in another way by each who reads it.",
        "不符合者，各人会有不同的理解。",
    ),
}
"""Kind of a rule to why there is one; the first that a shape has counts."""

CHECKED: dict[str, Both] = {
    "texts": (
        "A text is shown and searched as it is written: what was garbled is found under no name that people type.",
        "文本按原样显示和检索：乱码后无法按人们输入的名称找到。",
    ),
    "letters": (
        "Two texts that look the same must be the same: otherwise a name is found by some and not by others, and one thing counts as two.",
        "看上去相同的文本必须相同：否则有人能找到、有人找不到，一物被计为两物。",
    ),
    "forms": (
        "Files of one form can be read, compared and cited one by one: where each stands, from what source, under what licence.",
        "形式统一的文件可逐一阅读、比较和引用：位于何处、源自何处、许可为何。",
    ),
    "terms": (
        "A word that nobody declared means nothing: no question asks for it, no shape looks at it, and the fact is lost without a sign.",
        "未声明的词没有含义：没有问题查询它，没有形状检查它，事实便悄然丢失。",
    ),
    "kinds": (
        "Links and texts are read in different ways: one in the place of the other is never found.",
        "链接与文本的读取方式不同：误用其一便永远找不到。",
    ),
    "days": (
        "A day that is still to come was never attested; it turns the order of what is known.",
        "尚未到来的日期不可能已被证实；它会打乱已知事件的顺序。",
    ),
    "tables": (
        "What a table beside the graph says is read by the packs and by people without a second look: it must agree with the graph.",
        "图谱旁的表格由扩展包和读者直接使用，不再核对：必须与图谱一致。",
    ),
    "declared": (
        "A word means to all who use it what is written at its definition: one without, or one that says two things, is understood in as many ways as it has readers.",
        "术语对所有使用者的含义即其定义所述：没有定义或说法不一的术语，会有多少读者就有多少理解。",
    ),
    "agreeing": (
        "What is said in two places must be said alike: of two answers one is wrong, and nobody sees which.",
        "两处所说的必须一致：两种说法必有一错，却看不出是哪一个。",
    ),
    "usual": (
        "What none of many things of a kind has is most often meant for another: a neighbour's line, a wrong class, a value that was to replace another.",
        "同类诸物均无的内容，多半本应写给他物：相邻的一行、错误的类型，或本应替换原值的新值。",
    ),
    "doubles": (
        "What is there twice is counted twice, and what is learnt of one of the two never reaches the other.",
        "重复之物会被重复计数，关于其一的新知也到不了另一处。",
    ),
}
"""Module of a check to why there is one."""


def sections(rules: list[Rule]) -> str:
    """Return the sections of some rules, in their order."""
    return "\n\n".join(map(section, rules))


def section(rule: Rule) -> str:
    """Return the section of a rule, each paragraph in both languages."""
    asked = asked_of(rule)
    parts = [
        f"### {rule.name}",
        _both(f"**Problem** ({rule.severity}). {asked[0]}", f"**问题**（{LEVELS[rule.severity]}）。{asked[1]}"),
        example(rule),
        _both(f"**Repair.** {_plain(rule.english)}", f"**修正。** {_plain(rule.chinese)}"),
        _both(*(f"**{head}** {why}" for head, why in zip(("Why.", "原因。"), why_of(rule), strict=True))),
    ]
    return "\n\n".join(filter(None, parts))


LEVELS = {"Violation": "违规", "Warning": "警告", "Info": "提示"}


def _both(english: str, chinese: str) -> str:
    return f"{english}  \n{chinese}"


def _plain(text: str) -> str:
    """Return a message as Markdown: what stands in angle brackets is no markup."""
    return " ".join(text.split()).replace("<", "\\<").replace("*", "\\*").replace("_", "\\_")


def asked_of(rule: Rule) -> Both:
    """Return what a rule asks and of what, in both languages."""
    if rule.name.startswith("check:"):
        said = (_plain(text.partition(mark)[0]) for text, mark in ((rule.english, ": "), (rule.chinese, "：")))
        english, chinese = (text.rstrip(".。") for text in said)
        return f"{english}.", f"{chinese}。"
    facts, shape = _facts(rule.file), expand(rule.name)
    above = [s for (s, verb), values in facts.items() if verb == SH + "property" and shape in [v.value for v in values]]
    targets, path = (
        [t for one in (shape, *above) for t in _targets(facts, one)],
        _path(facts, facts.get((shape, SH + "path"), [None])[0]),
    )
    asked = [pair for name in ASKED for pair in _asked(facts, shape, name)]
    of = ", ".join(t[0] for t in targets), "、".join(t[1] for t in targets)
    heads = (f"Asked of {of[0]}" if of[0] else "Asked", f"要求{of[1]}" if of[1] else "要求")
    via = f"`{path}`: " if path else "", f"`{path}`：" if path else ""
    told = "; ".join(a[0] for a in asked), "；".join(a[1] for a in asked)
    if not asked:
        return (
            f"{heads[0]}: what its property shapes ask, which report apart.",
            f"{heads[1]}：各属性形状的要求（分别报告）。",
        )
    return f"{heads[0]}: {via[0]}{told[0]}.", f"{heads[1]}：{via[1]}{told[1]}。"


def _targets(facts: Any, shape: str) -> Iterator[Both]:
    words = {
        "targetClass": ("every `{}`", "每个`{}`"),
        "targetSubjectsOf": ("what has `{}`", "有`{}`之物"),
        "targetObjectsOf": ("what `{}` points to", "`{}`所指之物"),
        "targetNode": ("`{}`", "`{}`"),
    }
    for name, (english, chinese) in words.items():
        for term in sorted(short(t.value) for t in facts.get((shape, SH + name), [])):
            yield english.format(term), chinese.format(term)


def _asked(facts: Any, shape: str, name: str) -> Iterator[Both]:
    for value in facts.get((shape, SH + name), []):
        terms = _listed(facts, value) or [value]
        if name in BRANCHES:
            said = [_said(term) for term in terms]
            told = (" / ".join(one[at] for one in said) for at in (0, 1))
            yield ASKED[name][0].format(f'"{next(told)}"'), ASKED[name][1].format(f"“{next(told)}”")
            continue
        shown = ", ".join(f"`{_term(t)}`" for t in terms[:MOST]) + (", …" if len(terms) > MOST else "")
        yield ASKED[name][0].format(shown), ASKED[name][1].format(shown)


def _said(shape: Any) -> Both:
    """Return what a shape that another asks says."""
    from generated import phrase

    name = short(shape.value)
    said = _facts(f"shapes/{name.partition(':')[2].partition('-')[0]}.ttl").get((shape.value, SH + "message"), [])
    return phrase(said, "en").rstrip(".") or name, phrase(said, "zh").rstrip("。") or name


def _listed(facts: Any, head: Any) -> list[Any]:
    found = []
    while first := facts.get((str(head.value), RDF + "first")):
        found.append(first[0])
        head = facts[str(head.value), RDF + "rest"][0]
    return found


def _term(term: Any) -> str:
    value = str(term.value)
    return short(value) if "://" in value and "^" not in value else value


def _path(facts: Any, node: Any) -> str:
    if node is None:
        return ""
    if "://" in str(node.value):
        return short(node.value)
    if steps := _listed(facts, node):
        return "/".join(_path(facts, step) for step in steps)
    for kind, sign in (("alternativePath", "|"), ("inversePath", "^"), ("zeroOrMorePath", "*"), ("oneOrMorePath", "+")):
        for inner in facts.get((str(node.value), SH + kind), []):
            told = _path(facts, inner)
            return told.replace("/", sign) if sign == "|" else sign + told if sign == "^" else told + sign
    return ""


@cache
def _facts(file: str) -> dict[tuple[str, str], list[Any]]:
    """Return the values in a file of shapes, by subject and property."""
    import pyoxigraph as ox

    found: dict[tuple[str, str], list[Any]] = {}
    for quad in ox.parse((ROOT / file).read_bytes(), format=ox.RdfFormat.TURTLE):
        found.setdefault((str(getattr(quad.subject, "value", "")), quad.predicate.value), []).append(quad.object)
    return found


def why_of(rule: Rule) -> Both:
    """Return why there is a rule, and what the property means that it is about."""
    if rule.name.startswith("check:"):
        return CHECKED[_module(rule.name)]
    facts, shape = _facts(rule.file), expand(rule.name)
    last = rule.name.partition("-")[2]
    kinds = [
        name
        for name in ("sparql", "class", "in", "datatype", "or", "maxCount", "minCount", "languageIn")
        if (shape, SH + name) in facts
    ]
    if "node" not in kinds and any((shape, SH + n) in facts for n in ("node", "qualifiedValueShape")):
        kinds.append("class")
    kinds += ["or"] if any((shape, SH + n) in facts for n in ("xone", "not", "and")) else []
    kind = last if last in ("slots", "iri") else next(iter(kinds), "")
    kind = "in" if not kind and (shape, SH + "pattern") in facts else kind
    english, chinese = WHY[kind]
    path = _path(facts, facts.get((shape, SH + "path"), [None])[0])
    meant = _definition(path)
    return (
        (f"{english} `{path}`: {meant[0]}.", f"{chinese}`{path}`：{meant[1]}。") if all(meant) else (english, chinese)
    )


@cache
def _definitions() -> dict[str, Both]:
    from generated import phrase, triples

    found = triples(ROOT / "ontology" / "stdgraph.ttl")
    told = {name: of.get("skos:definition", []) for name, of in found.items()}
    return {n: (phrase(d, "en").rstrip("."), phrase(d, "zh").rstrip("。")) for n, d in told.items()}


def _definition(path: str) -> Both:
    return _definitions().get(path, ("", ""))


def _module(name: str) -> str:
    from stdgraph.services.validate import (
        agreeing,
        days,
        declared,
        fitting,
        forms,
        kinds,
        letters,
        listed,
        printed,
        tables,
        terms,
        texts,
        usual,
    )
    from stdgraph.services.validate.shacl import check_of

    faults = [fault.words for fault in vars(texts).values() if isinstance(fault, texts.Fault)]
    words = {
        "texts": faults,
        "letters": [one.words for one in letters.ODDITIES],
        "forms": forms.TOLD,
        "terms": [told for _, told in terms.TOLD],
        "kinds": [told for _, told in kinds.TOLD],
        "tables": tables.CHECKS,
        "declared": declared.CHECKS,
        "days": [told for _, told in days.TOLD],
        "usual": [told for _, told in usual.TOLD],
        "agreeing": [told for _, told in (*fitting.TOLD, *agreeing.TOLD, *listed.TOLD, *printed.TOLD)],
    }
    return next((module for module, of in words.items() if name in map(check_of, of)), "doubles")


def example(rule: Rule) -> str:
    """Return a failing example, fenced, with the file in which it stands; "" for a rule that never reports itself."""
    if rule.name.startswith("check:"):
        path = check_file(rule.name)
        return _fenced(path, path.read_text("utf-8").rstrip("\n")) if path.exists() else ""
    case = _cases().get(rule.name)
    return _fenced(case[0], _block(*case)) if case else ""


def check_file(name: str) -> Path:
    """Return the file with a failing example of a check."""
    folder = CHECKS / name.removeprefix("check:")
    return next(iter(sorted(folder.parent.glob(f"{folder.name}.t*"))), folder.with_suffix(".ttl"))


def _fenced(path: Path, text: str) -> str:
    fence = "text" if path.suffix == ".tsv" else "turtle"
    return f"```{fence}\n# {path.relative_to(ROOT).as_posix()}\n{text}\n```"


@cache
def _cases() -> dict[str, tuple[Path, str]]:
    """Return of each shape the first case that breaks it: the file, and the thing."""
    import pyoxigraph as ox

    found: dict[str, tuple[Path, str]] = {}
    for path in sorted(SHAPES.glob("*/*.ttl")):
        nodes: dict[str, dict[str, str]] = {}
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri="https://w3id.org/stdgraph/id/"):
            name = quad.predicate.value.removeprefix(SH)
            if name in ("focusNode", "sourceShape"):
                nodes.setdefault(str(quad.subject), {})[name] = short(str(getattr(quad.object, "value", "")))
        for pair in sorted((n["sourceShape"], n["focusNode"]) for n in nodes.values() if len(n) == 2):
            found.setdefault(pair[0], (path, pair[1]))
    return found


def _block(path: Path, focus: str) -> str:
    """Return the block of a thing in a case; all of a case in which it has none, up to what is expected."""
    text = "\n" + path.read_text("utf-8")
    for head in (f"\n<{focus}>\n", f"\n{focus}\n", f"\n<{expand(focus)}>\n"):
        _, found, after = text.partition(head)
        if found:
            return (found + after.partition("\n.\n")[0]).strip() + "\n."
    mentions = re.findall(r"(?m)^(?!@|<>)[<\w].*\n(?:    .*\n)+\.$", text)
    used = [block for block in mentions if f"<{focus}>" in block or f"{focus} " in block]
    return "\n".join(block for block in (used or mentions) if "sh:focusNode" not in block)
