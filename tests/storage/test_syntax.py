from __future__ import annotations

import pytest

from stdgraph.errors import TurtleSyntaxError
from stdgraph.storage.turtle import parse_turtle

THING = "<http://a/b> <http://a/c>"


@pytest.mark.parametrize(
    ("text", "place", "en", "zh"),
    [
        (f"{THING} 1\n<http://a/d> 2 .", "f.ttl:1:28", "A full stop is missing", "缺少句点"),
        (f"{THING} 'open .\n", "f.ttl:1:27", "A quotation mark is missing", "缺少引号"),
        (f'{THING} "open .\n{THING} "x" .\n', "f.ttl:1:", "A quotation mark is missing", "缺少引号"),
        (
            f"{THING} stdg:d .",
            "f.ttl:1:27",
            "add @prefix stdg: <https://w3id.org/stdgraph/ontology#>",
            "请加上 @prefix",
        ),
        (f"{THING} x:d .", "f.ttl:1:27", "The prefix x: is not declared. Mend", "前缀x:未声明。请修改"),
        (f"{THING} <http://a/b c> .", "f.ttl:1:27", "An IRI cannot contain ' '", "IRI中不能含有“ ”"),
        (f"{THING} 1 ; ", "f.ttl:1:", "The file ends inside a statement", "文件在语句中间结束"),
        (f"{THING} '备忘录' .".encode("gb18030"), "f.ttl:1:", "save the file as UTF-8", "请将文件存为UTF-8"),
    ],
)
def test_a_syntax_error_tells_place_and_cure(text: str | bytes, place: str, en: str, zh: str) -> None:
    with pytest.raises(TurtleSyntaxError) as caught:
        parse_turtle(text, "f.ttl")
    assert caught.value.message("en").startswith(place)
    assert en in caught.value.message("en")
    assert zh in caught.value.message("zh")
