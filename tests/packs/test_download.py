"""A file comes whole or not at all, over https alone, from a real server on loopback that plays all tricks."""

from __future__ import annotations

import fcntl
import gzip
import os
import pickle
import re
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import loopback
from loopback import Answer, Handler, Server
from stdgraph.errors import DownloadError, PackPlaceError
from stdgraph.packs import download, https
from stdgraph.packs.download import Fetched, fetch

DATA = b"".join(b'{"id": %d, "reference": "ISO/TC %d"}\n' % (n, n) for n in range(8000))
ETAG, STAMP = '"0x8DD"', "Thu, 12 Jun 2025 06:00:00 GMT"
LIMIT = 1 << 20
LONG, SHORT = 20.0, 0.3
"""Seconds: more than any test takes, and the wait where a server says nothing."""

PART = 100_000


@dataclass
class Client:
    """Fetches the file of a server into a folder of the test."""

    server: Server
    context: ssl.SSLContext
    place: Path

    @property
    def part(self) -> Path:
        return self.place.with_name("committees.jsonl.part")

    def fetch(self, url: str = "", *, timeout: float = LONG, limit: int = LIMIT, **rest: object) -> Fetched:
        return fetch(url or self.server.url(), self.place, limit=limit, context=self.context, timeout=timeout, **rest)

    def fails(self, detail: str, **rest: object) -> DownloadError:
        """Fetch, and be refused for a reason, in both languages, the address told."""
        with pytest.raises(DownloadError, match=detail) as told:
            self.fetch(**rest)
        assert not re.search(r"[a-z]{2,} [a-z]{2,}", re.sub(r"`.*?`|（.*）", "", told.value.message("zh")))
        return told.value

    def leave_part(self, at: int = PART) -> None:
        """Have a download break off."""
        self.server.play(cut(at))
        self.fails("broke off")
        assert self.part.read_bytes() == DATA[:at]
        self.server.asked.clear()

    def left(self) -> list[str]:
        return sorted(path.name for path in self.place.parent.iterdir())


@pytest.fixture(scope="module")
def contexts() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    return loopback.contexts()


@pytest.fixture
def server(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> Iterator[Server]:
    with loopback.serving(contexts[0]) as server:
        yield server


@pytest.fixture
def client(
    server: Server,
    contexts: tuple[ssl.SSLContext, ssl.SSLContext],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Client:
    monkeypatch.setattr(download, "PAUSE", 0)
    monkeypatch.setenv("no_proxy", "*")
    return Client(server, contexts[1], tmp_path / "iso" / "committees.jsonl")


def whole(body: bytes = DATA, **headers: str) -> Answer:
    """Send all, whatever was asked for."""
    return lambda handler: handler.send(200, body, **{"ETag": ETAG, "Last_Modified": STAMP} | headers)


def cut(at: int, **headers: str) -> Answer:
    """Announce all, and hang up in the middle."""
    return whole(DATA[:at], Content_Length=str(len(DATA)), **headers)


def status(code: int, **headers: str) -> Answer:
    return lambda handler: handler.send(code, b"said at length", **headers)


def rest(handler: Handler, *, shift: int = 0, **headers: str) -> None:
    """Send what was asked for, as RFC 9110 has it: no more headers than are needed."""
    assert handler.headers["If-Range"] == ETAG
    first = int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-")) + shift
    told = {"Content_Range": f"bytes {first}-{len(DATA) - 1}/{len(DATA)}", "ETag": ETAG}
    handler.send(206, DATA[first:], **told | headers)


def moved(to: str, code: int = 302) -> Answer:
    return status(code, Location=to)


def in_chunks(upto: int = len(DATA)) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send(200, Transfer_Encoding="chunked", Content_Length="", ETag=ETAG)
        for at in range(0, upto, 10_000):
            block = DATA[at : at + 10_000]
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(block), block))
        if upto == len(DATA):
            handler.wfile.write(b"0\r\n\r\n")

    return answer


def endless(handler: Handler) -> None:
    handler.send(200, Content_Length="")
    while True:
        handler.wfile.write(DATA)


def silent_after(sent: int) -> Answer:
    def answer(handler: Handler) -> None:
        cut(sent, Connection="keep-alive")(handler)
        handler.server.released.wait(LONG)

    return answer


def drip(step: int, *, pause: float) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send(200, Content_Length=str(len(DATA)), ETag=ETAG)
        for at in range(0, len(DATA), step):
            handler.wfile.write(DATA[at : at + step])
            time.sleep(pause)

    return answer


def drip_of_headers(handler: Handler) -> None:
    handler.send_response_only(200)
    handler.flush_headers()
    while not handler.server.released.wait(0.01):
        handler.wfile.write(b"X-More: a\r\n")


def test_a_file_comes_with_what_the_next_call_should_know(client: Client) -> None:
    told: list[tuple[int, int | None]] = []
    client.server.play(whole())
    found = client.fetch(tick=lambda *sizes: told.append(sizes))
    assert found == Fetched(client.place, ETAG, STAMP, len(DATA))
    assert found.day == "2025-06-12"
    assert client.place.read_bytes() == DATA
    assert client.left() == ["committees.jsonl"]
    assert told[-1] == (len(DATA), len(DATA))
    assert [*told] == sorted(told)
    (asked,) = client.server.asked
    assert asked.headers["Accept-Encoding"] == "identity"
    assert "Range" not in asked.headers


def test_the_system_decides_whom_to_trust_where_nothing_is_said(client: Client) -> None:
    client.server.play(whole())
    with pytest.raises(DownloadError, match="certificate that is not to be trusted"):
        fetch(client.server.url(), client.place, limit=LIMIT, timeout=LONG)
    assert not client.place.exists()
    assert client.server.asked == []


def test_a_certificate_for_another_host_is_refused(client: Client) -> None:
    client.server.play(whole())
    client.fails("certificate that is not to be trusted", url=client.server.url().replace("127.0.0.1", "localhost"))


@pytest.mark.parametrize(
    ("url", "detail"),
    {
        "http://127.0.0.1/a": "not an https address",
        "ftp://127.0.0.1/a": "not an https address",
        "file:///etc/passwd": "not an https address",
        "data:,a": "not an https address",
        "committees.jsonl": "not an https address",
        "https:///a": "not an https address",
        "https://[::1/a": "not an https address",
        "https://127.0.0.1:99999/a": "not an https address",
        "https://me:secret@127.0.0.1/a": "name or password",
    }.items(),
)
def test_other_addresses_are_refused(client: Client, url: str, detail: str) -> None:
    assert "secret" not in str(client.fails(detail, url=url))
    assert not client.place.parent.exists()


def test_a_file_that_is_known_is_not_sent_again(client: Client) -> None:
    client.server.play(whole())
    found = client.fetch()
    client.server.play(status(304, Content_Length=""))
    again = client.fetch(known={"etag": found.etag, "last_modified": found.last_modified})
    assert again == Fetched(client.place, ETAG, STAMP, len(DATA), unchanged=True)
    assert again.day == "2025-06-12"
    asked = client.server.asked[-1].headers
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == (ETAG, STAMP)


def test_a_newer_file_takes_the_place_of_the_one_that_is_known(client: Client) -> None:
    client.place.parent.mkdir()
    client.place.write_bytes(b"old")
    client.server.play(whole(ETag='"new"', Last_Modified=""))
    found = client.fetch(known={"etag": ETAG})
    assert (found.etag, found.day, found.unchanged) == ('"new"', "", False)
    assert client.place.read_bytes() == DATA


def test_304_to_one_who_knows_nothing_is_an_error(client: Client) -> None:
    client.server.play(status(304, Content_Length=""))
    client.fails("answered 304")


def test_what_breaks_off_goes_on_at_once(client: Client) -> None:
    client.server.play(cut(PART), rest)
    found = client.fetch()
    assert found == Fetched(client.place, ETAG, STAMP, len(DATA))
    assert client.place.read_bytes() == DATA
    assert client.left() == ["committees.jsonl"]
    assert client.server.asked[-1].headers["Range"] == f"bytes={PART}-"


def test_what_breaks_off_for_good_goes_on_at_the_next_call(client: Client) -> None:
    client.place.parent.mkdir()
    client.place.write_bytes(b"old")
    client.leave_part()
    assert client.place.read_bytes() == b"old"
    client.server.play(rest)
    assert client.fetch().day == "2025-06-12"
    assert client.place.read_bytes() == DATA
    assert len(client.server.asked) == 1


def test_a_break_by_the_user_leaves_the_part(client: Client) -> None:
    client.server.play(whole())

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        client.fetch(tick=stop)
    assert not client.place.exists()
    assert DATA.startswith(client.part.read_bytes())
    assert client.part.stat().st_size
    client.server.play(rest)
    client.fetch()
    assert client.place.read_bytes() == DATA


@pytest.mark.parametrize("etag", ["", 'W/"0x8DD"', "0x8DD", '"a b"'])
def test_without_a_strong_entity_tag_all_is_sent_again(client: Client, etag: str) -> None:
    client.server.play(cut(PART, ETag=etag), whole())
    client.fetch()
    assert client.place.read_bytes() == DATA
    assert "Range" not in client.server.asked[-1].headers


@pytest.mark.parametrize("note", ['https://127.0.0.1/other\n"0x8DD"\n', "", "\n\n\n\n", "\xff"])
def test_the_part_of_another_address_is_not_gone_on_with(client: Client, note: str) -> None:
    client.leave_part()
    client.part.with_name("committees.jsonl.part.txt").write_text(note, "latin-1")
    client.server.play(whole())
    client.fetch()
    assert client.place.read_bytes() == DATA
    assert "Range" not in client.server.asked[0].headers


NEW = DATA[::-1]


@pytest.mark.parametrize(
    "answers",
    {
        "a server that ignores ranges, or has another file": [whole(NEW)],
        "416": [status(416, Content_Range=f"bytes */{len(DATA)}"), whole(NEW)],
        "another entity tag": [lambda h: rest(h, ETag='"new"'), whole(NEW)],
    }.items(),
    ids=lambda pair: pair[0],
)
def test_where_the_rest_is_not_to_be_had_all_is_sent_again(client: Client, answers: tuple[str, list[Answer]]) -> None:
    client.leave_part()
    client.server.play(*answers[1])
    client.fetch()
    assert client.place.read_bytes() == NEW
    assert "Range" in client.server.asked[0].headers
    assert len(client.server.asked) == len(answers[1])


@pytest.mark.parametrize(
    "headers",
    [
        {"shift": 1},
        {"shift": -1},
        {"Content_Range": ""},
        {"Content_Range": f"bytes {PART}-{len(DATA) - 1}/{len(DATA) + 5}"},
        {"Content_Range": f"bytes {PART}-{PART - 1}/{PART}"},
        {"Content_Range": "bytes from here"},
        {"Content_Range": "", "Content_Type": "multipart/byteranges; boundary=x"},
        {"Content_Length": "17"},
    ],
    ids=str,
)
def test_another_rest_than_the_missing_one_is_refused(client: Client, headers: dict[str, str]) -> None:
    client.leave_part()
    client.server.play(lambda handler: rest(handler, **headers))
    client.fails("another part than the missing one")
    assert client.left() == []


def test_a_part_to_one_who_asked_for_all_is_an_error(client: Client) -> None:
    client.server.play(lambda handler: handler.send(206, DATA, Content_Range="bytes 0-9/10"))
    client.fails("answered 206")


def test_a_file_that_stays_the_same_needs_no_rest(client: Client) -> None:
    client.leave_part()
    client.server.play(status(304, Content_Length=""))
    assert client.fetch(known={"etag": '"older"'}).unchanged
    assert client.left() == []


def test_a_length_is_not_needed(client: Client) -> None:
    client.server.play(whole(Content_Length=""))
    told: list[int | None] = []
    assert client.fetch(tick=lambda _, whole: told.append(whole)).size == len(DATA)
    assert client.place.read_bytes() == DATA
    assert {*told} == {None}


def test_chunks_are_joined(client: Client) -> None:
    client.server.play(in_chunks())
    client.fetch()
    assert client.place.read_bytes() == DATA


def test_chunks_that_break_off_go_on(client: Client) -> None:
    client.server.play(in_chunks(PART), rest)
    client.fetch()
    assert client.place.read_bytes() == DATA


def test_the_rest_may_come_in_chunks(client: Client) -> None:
    def answer(handler: Handler) -> None:
        told = f"bytes {PART}-{len(DATA) - 1}/{len(DATA)}"
        handler.send(206, Transfer_Encoding="chunked", Content_Length="", Content_Range=told)
        handler.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(DATA) - PART, DATA[PART:]))

    client.leave_part()
    client.server.play(answer)
    client.fetch()
    assert client.place.read_bytes() == DATA


@pytest.mark.parametrize("name", ["gzip", "x-gzip"])
def test_gzip_is_kept_as_it_comes(client: Client, name: str) -> None:
    client.server.play(whole(gzip.compress(DATA), Content_Encoding=name))
    assert client.fetch().size < len(DATA) / 2
    assert gzip.decompress(client.place.read_bytes()) == DATA


@pytest.mark.parametrize("name", ["br", "deflate", "gzip, br"])
def test_other_packing_is_refused(client: Client, name: str) -> None:
    client.server.play(whole(Content_Encoding=name))
    client.fails(f"not read here [(]{name}[)]")
    assert client.left() == []


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "TEXT/HTML", "application/xhtml+xml"])
def test_a_web_page_is_refused_and_the_part_kept(client: Client, kind: str) -> None:
    client.leave_part()
    client.server.play(whole(b"<html>Sign in", Content_Type=kind))
    client.fails("a web page, not with data")
    assert client.part.read_bytes() == DATA[:PART]


@pytest.mark.parametrize("kind", ["", "application/octet-stream", "text/csv", "text/plain"])
def test_what_may_be_data_is_taken(client: Client, kind: str) -> None:
    client.server.play(whole(Content_Type=kind))
    assert client.fetch().size == len(DATA)


def test_a_body_that_goes_on_past_its_announced_end_is_refused(client: Client) -> None:
    client.server.play(whole(b"0123456789", Content_Length="9"))
    client.fails("more than the 9 bytes")
    assert client.left() == []


def test_an_announced_size_beyond_the_limit_is_refused_unread(client: Client) -> None:
    client.server.play(silent_after(0))
    client.fails("sent more than 0 MiB", limit=len(DATA) - 1)
    assert client.left() == []


@pytest.mark.parametrize("answer", [endless, in_chunks(), whole(Content_Length="")])
def test_the_limit_counts_what_comes(client: Client, answer: Answer) -> None:
    client.server.play(answer)
    client.fails("sent more than 0 MiB", limit=len(DATA) - 1)
    assert client.left() == []


def test_the_limit_counts_the_part_too(client: Client) -> None:
    client.leave_part()
    client.server.play(rest)
    client.fails("sent more than 0 MiB", limit=len(DATA) - 1)
    assert client.left() == []


def test_a_file_as_large_as_the_limit_is_taken(client: Client) -> None:
    client.server.play(whole())
    assert client.fetch(limit=len(DATA)).size == len(DATA)


@pytest.mark.parametrize("code", sorted(https.MOVED))
def test_redirects_to_https_are_followed(client: Client, code: int) -> None:
    client.server.play(moved("/a b/\xe9.jsonl?c=%20d#e", code), moved(client.server.url("/there"), code), whole())
    assert client.fetch().path == client.place
    assert [handler.path for handler in client.server.asked[1:]] == ["/a%20b/%E9.jsonl?c=%20d", "/there"]
    assert client.place.read_bytes() == DATA


@pytest.mark.parametrize(
    ("to", "detail"),
    {
        "http://127.0.0.1/a": "sends on to http://127.0.0.1/a, which is not an https address",
        "file:///etc/passwd": "which is not an https address",
        "https://[::1/a": "which is not an https address",
        "https://me:secret@127.0.0.1/a": "https://…@127.0.0.1/a, which holds a name or password",
    }.items(),
)
def test_other_redirects_are_refused(client: Client, to: str, detail: str) -> None:
    client.server.play(moved(to))
    assert "secret" not in str(client.fails(detail))
    assert len(client.server.asked) == 1


@pytest.mark.parametrize("to", ["/committees.jsonl", ""])
def test_redirects_in_a_circle_come_to_an_end(client: Client, to: str) -> None:
    client.server.play(moved(to))
    client.fails("sends on more than 5 times")
    assert len(client.server.asked) == 6


@pytest.mark.parametrize(
    ("code", "detail", "tries"),
    [
        (400, "answered 400 Bad Request", 1),
        (401, "not open to everybody .401.", 1),
        (403, "not open to everybody .403.", 1),
        (404, "was not found .404.", 1),
        (410, "was not found .410.", 1),
        (429, "is busy or out of order .429.", 3),
        (503, "is busy or out of order .503.", 3),
        (505, "answered 505", 1),
    ],
)
def test_a_status_is_told_in_words(client: Client, code: int, detail: str, tries: int) -> None:
    client.leave_part()
    client.server.play(status(code))
    assert client.fails(detail).exit_code == 3
    assert len(client.server.asked) == tries
    assert client.part.read_bytes() == DATA[:PART]


def test_a_server_that_was_busy_is_asked_again(client: Client) -> None:
    client.server.play(status(503), whole())
    assert client.fetch().size == len(DATA)


def test_a_server_that_hangs_up_is_asked_again(client: Client) -> None:
    client.server.play(lambda handler: setattr(handler, "close_connection", True), whole())
    assert client.fetch().size == len(DATA)


def test_a_server_that_is_not_there(client: Client) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"https://127.0.0.1:{free.getsockname()[1]}/a"
        assert "Connection refused" in str(client.fails("cannot be reached", url=url))


def test_a_server_that_speaks_no_http(client: Client) -> None:
    client.server.play(lambda handler: handler.wfile.write(b"\0" * 70_000))
    client.fails("failed")


def test_silence_comes_to_an_end_and_leaves_the_part(client: Client) -> None:
    client.server.play(silent_after(PART))
    client.fails(f"sent nothing, or too little, within {SHORT} s", timeout=SHORT)
    assert client.part.read_bytes() == DATA[:PART]
    assert len(client.server.asked) == 1


def test_a_body_that_drips_too_slowly_comes_to_an_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https, "SLOWEST", 1 << 20)
    client.server.play(drip(50, pause=0.01))
    client.fails("too little", timeout=SHORT)
    assert DATA.startswith(client.part.read_bytes())
    assert client.part.stat().st_size


def test_headers_that_drip_come_to_an_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https, "SLOWEST", 1 << 20)
    client.server.play(drip_of_headers)
    client.fails("too little", timeout=SHORT)


def test_a_body_that_drips_fast_enough_is_taken(client: Client) -> None:
    client.server.play(drip(5000, pause=0.001))
    assert client.fetch().size == len(DATA)
    assert client.place.read_bytes() == DATA


def test_a_place_that_cannot_be_written(client: Client) -> None:
    client.server.play(whole())
    client.place.parent.write_text("a file")
    with pytest.raises(PackPlaceError, match="cannot be written"):
        client.fetch()
    client.place.parent.unlink()
    client.place.mkdir(parents=True)
    with pytest.raises(PackPlaceError, match="Is a directory"):
        client.fetch()


def test_a_folder_serves_one_download_at_a_time(client: Client) -> None:
    client.leave_part()
    client.server.play(rest)
    handle = os.open(client.place.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        client.fails("is being downloaded by another process")
    finally:
        os.close(handle)
    assert client.part.read_bytes() == DATA[:PART]
    assert client.fetch().size == len(DATA)


def test_an_error_goes_through_a_pipe(client: Client) -> None:
    client.server.play(status(503))
    error = client.fails("busy")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.passing, again.exit_code) == (str(error), True, 3)
