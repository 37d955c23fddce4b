"""What comes with a text that is copied from a page, a scan or a table: signs, breaks, notes, numbers of lists."""

from __future__ import annotations

import re

from corpus.kinds import LABEL, LABEL_ZH, Kind, swap, text

RADICALS = dict(zip("一人大工方文日水生用行金高长车门食风", map(chr, (0x2F00, 0x2F08, 0x2F24, 0x2F2F, 0x2F45, 0x2F42, 0x2F47, 0x2F54, 0x2F63, 0x2F64, 0x2F8F, 0x2FA6, 0x2FBC, 0x2ED3, 0x2ECB, 0x2ED4, 0x2EDD, 0x2EDB)), strict=True))  # fmt: skip
PERSON = r'^(    skos:prefLabel ")([^"\\]+)("@en ;)$'
PERSON_ZH = r'^(    skos:prefLabel ")([^"\\]+)("@zh-Hans ;)$'


def _radical(value: str) -> str:
    return re.sub("[" + "".join(RADICALS) + "]", lambda m: RADICALS[m[0]], value)


def _reversed_name(value: str) -> str:
    first, _, last = value.partition(" ")
    return f"{last}, {first}" if last else value


KINDS: list[Kind] = [
    text("radicals-of-a-pdf", LABEL_ZH, _radical),
    text("compatible-ideograph", LABEL_ZH, lambda v: v.replace("理", "\uf9e4").replace("不", "\uf967").replace("年", "\uf98e")),
    text("ligature-of-a-pdf", LABEL, lambda v: v.replace("ti", "ﬁ", 1)),
    text("hyphen-of-a-line-break", LABEL, lambda v: re.sub(r"([a-z]{4})([a-z]{4})", r"\1- \2", v, count=1)),
    text("word-cut-by-a-blank", LABEL_ZH, lambda v: " ".join(v[:4]) + v[4:]),
    text("every-character-apart", LABEL_ZH, " ".join),
    text("letter-o-for-zero", r'^(    (?:skos:prefLabel|dcterms:title|skos:altLabel) ")([^"\\]*\b20\d\d\b[^"\\]*)("@en ;)$', lambda v: re.sub(r"\b20(\d\d)", r"2O\1", v, count=1)),
    text("letter-l-for-one", LABEL, lambda v: re.sub(r"1(?=\d|st|th)", "l", v, count=1)),
    text("number-of-a-list", LABEL, lambda v: f"3. {v}"),
    text("number-of-a-chinese-list", LABEL_ZH, lambda v: f"（三）{v}"),
    text("bullet", LABEL, lambda v: f"• {v}"),
    text("hyphen-as-bullet", LABEL, lambda v: f"- {v}"),
    text("mark-of-a-footnote", LABEL, lambda v: f"{v}¹"),
    text("number-of-a-citation", LABEL, lambda v: f"{v} [12]"),
    text("star-of-a-footnote", LABEL_ZH, lambda v: f"{v}*"),
    text("full-stop-at-the-end", LABEL, lambda v: f"{v}."),
    text("chinese-full-stop-at-the-end", LABEL_ZH, lambda v: f"{v}。"),
    text("comma-at-the-end", LABEL, lambda v: f"{v},"),
    text("semicolon-at-the-end", LABEL_ZH, lambda v: f"{v}；"),
    text("colon-at-the-end", LABEL_ZH, lambda v: f"{v}："),
    text("cut-off-with-dots", LABEL, lambda v: f"{v[: len(v) // 2].rstrip()}..."),
    text("cut-off-with-an-ellipsis", LABEL_ZH, lambda v: f"{v[: len(v) // 2]}……"),
    text("bracket-not-closed", LABEL, lambda v: f"{v} (draft"),
    text("bracket-not-opened", LABEL_ZH, lambda v: f"{v}）"),
    text("book-mark-not-closed", LABEL_ZH, lambda v: f"《{v}"),
    text("brackets-of-two-widths", LABEL_ZH, lambda v: f"{v}（草案)"),
    text("quotes-around-the-whole", LABEL, lambda v: rf"\"{v}\""),
    text("word-doubled", LABEL, lambda v: re.sub(r"\b(of|the|on|and|for)\b", r"\1 \1", v, count=1)),
    text("all-in-capitals", LABEL, str.upper, where=lambda b, _w: len(b.lines[2]) > 50),
    text("blank-before-a-comma", LABEL, lambda v: v.replace(" ", " , ", 1)),
    text("half-width-comma-in-chinese", LABEL_ZH, lambda v: v[:3] + "," + v[3:]),
    text("two-names-in-one", LABEL, lambda v: f"{v} / {v[::-1].title()}", of="Company|Association|Agreement"),
    text("name-of-a-file", LABEL, lambda v: f"{v.replace(' ', '_')}.pdf"),
    text("address-of-a-page", LABEL, lambda _v: "https://www.sac.gov.cn/art/2019.html"),
    text("low-lines-for-blanks", LABEL, lambda v: v.replace(" ", "_")),
    text("run-together-with-its-translation", LABEL, lambda v: f"{v}（英）"),
    text("person-with-a-title", PERSON, lambda v: f"Mr. {v}", of="Person"),
    text("person-with-a-doctorate", PERSON, lambda v: f"Dr {v}", of="Person"),
    text("person-with-last-name-first", PERSON, _reversed_name, of="Person"),
    text("person-with-an-office", PERSON, lambda v: f"{v}, Director General", of="Person"),
    text("person-in-capitals", PERSON, str.upper, of="Person"),
    text("two-persons-in-one", PERSON, lambda v: f"{v} and Tim Ford", of="Person"),
    text("person-in-chinese-with-a-blank", PERSON_ZH, lambda v: f"{v[0]} {v[1:]}", of="Person"),
    text("person-in-chinese-with-a-title", PERSON_ZH, lambda v: f"{v}先生", of="Person"),
    text("person-in-lower-case", PERSON, str.lower, of="Person"),
    text("acronym-in-lower-case", r'^(    stdg:acronym ")([A-Z]{3,})(" ;)$', str.lower),
    text("acronym-with-stops", r'^(    stdg:acronym ")([A-Z]{3,})(" ;)$', lambda v: ".".join(v) + "."),
    text("acronym-in-chinese", r'^(    stdg:acronym ")([A-Z]{3,})(" ;)$', lambda _v: "国标委"),
    text("pinyin-as-chinese", LABEL_ZH, lambda _v: "Zhongguo biaozhunhua xiehui"),
    text("pinyin-with-tones-as-chinese", LABEL_ZH, lambda _v: "Zhōngguó biāozhǔnhuà xiéhuì"),
    text("untranslated", LABEL_ZH, lambda _v: "National Technical Committee on Standards"),
    text("unit-in-chinese-under-a-plain-text", r'^(    stdg:unit ")([^"]+)(" ;)$', lambda _v: "个"),
    text("locator-in-chinese", r'^(    stdg:locator ")([^"]+)(" ;)$', lambda _v: "第三页第二段"),
    text("locator-of-a-placeholder", r'^(    stdg:locator ")([^"]+)(" ;)$', lambda _v: "see document"),
    text("standard-number-without-a-blank", r'^(    stdg:reference ")((?:GB/T|GB|ISO|DB\d\d/T) \S+)(" ;)$', lambda v: v.replace(" ", "", 1)),
    text("standard-number-in-full-width", r'^(    stdg:reference ")((?:GB/T|GB|ISO) \S+)(" ;)$', lambda v: v.replace("/", "／").replace(" ", "　", 1)),
    text("standard-number-with-a-long-dash", r'^(    stdg:reference ")([^"]+-\d{4})(" ;)$', lambda v: v.replace("-", "—")),
    text("standard-number-with-its-title", r'^(    stdg:reference ")((?:GB/T|GB|ISO) \S+)(" ;)$', lambda v: f"{v} Energy management"),
    text("date-with-a-full-width-colon", r'^(    stdg:(?:date|attestedOn) ")(\d{4}-\d\d)(" ;)$', lambda v: v.replace("-", "：")),
    text("date-of-the-republic", r'^(    stdg:(?:date|start) ")(\d{4})(" ;)$', lambda v: f"民国{int(v) - 1911}年"),
    text("date-with-day-nought", r'^(    stdg:(?:date|start) ")(\d{4}-\d\d)(" ;)$', lambda v: f"{v}-00"),
    text("date-about", r'^(    stdg:(?:date|start) ")(\d{4})(" ;)$', lambda v: f"c. {v}"),
    text("date-of-a-quarter", r'^(    stdg:(?:date|start) ")(\d{4})(" ;)$', lambda v: f"{v}-Q3"),
    swap("date-of-a-decade", r'^(    stdg:(?:date|start) "\d{3})\d(" ;)$', r"\g<1>0s\2"),
    text("date-open-in-words", r'^(    stdg:(?:date|start) ")(\d{4})(" ;)$', lambda v: f"{v}/present"),
    text("date-with-a-tilde-between", r'^(    stdg:(?:date|start) ")(\d{4})(" ;)$', lambda v: f"{v}~{int(v) + 1}"),
    text("date-as-a-serial-number", r'^(    stdg:(?:date|start) ")(\d{4})(" ;)$', lambda _v: "43831"),
    text("date-with-a-month-in-words", r'^(    stdg:(?:date|start) ")(\d{4}-\d\d)(" ;)$', lambda v: f"{v[:4]}-Jun"),
    text("date-with-an-apostrophe", r'^(    stdg:(?:date|start) ")(\d{4})(" ;)$', lambda v: f"'{v[2:]}"),
]  # fmt: skip
