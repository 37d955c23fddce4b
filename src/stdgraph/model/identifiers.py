"""Printed references and the identifiers made from them: committees, standards and their editions (design, section 3)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import BASE, STDGC

DASHES = re.compile(r"[‐‑‒–—―−－]")
NUMBERED = re.compile(r"\b(TC|SC|WG|PC|JTC|SWG|JWG|TG)(?=[0-9])")
LOCAL_CODE = re.compile(r"\bDB (?=[0-9])")
OTHER = re.compile(r"[^a-z0-9.]+")
SUPPLEMENT = re.compile(
    r"/(?=(?:[A-Z]{2,4} )?(?:AMD|COR|ADD|SUPPL|DAM|FDAM|DAMD|FDAMD|CDAM|PDAM|DCOR|FCOR|ERG)\b ?[0-9]*)", re.I
)
COLON_YEAR = re.compile(r"^(.*?):\s?([0-9]{4})(?:-([0-9]{2}))?$")
DASH_YEAR = re.compile(r"^(.*[0-9].*?)-((?:19|20)[0-9]{2})$")
COLON_CODES = (
    "ISO",
    "IEC",
    "IWA",
    "EN",
    "CEN",
    "CLC",
    "CIE",
    "ITU",
    "ETSI",
    "IEEE",
    "ASTM",
    "OIML",
    "FDIS",
    "DIS",
    "CD",
)
"""Codes whose year stands behind a colon; in all others a last number from 1900 behind a dash is the year."""


def plain(text: str) -> str:
    """Return a reference with usual width, dashes and blanks, as it is compared and split."""
    if not text.isascii():
        text = DASHES.sub("-", unicodedata.normalize("NFKC", text))
    return " ".join(text.split())


def slug(text: str) -> str:
    """Return the form of a text in identifiers: lower case, ASCII letters, digits, dots and dashes.

    >>> slug("GB/T 15566.1")
    'gb-t-15566.1'
    """
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return OTHER.sub("-", text.lower()).strip("-.")


def committee_slug(reference: str) -> str:
    """Return the slug of a committee from its printed reference (rule 5).

    >>> committee_slug("ISO/TC34/SC8"), committee_slug("IEC/ISO JSyC BDC")
    ('iso-tc-34-sc-8', 'iec-iso-jsyc-bdc')

    Raises:
        ValueError: the reference holds no letter or digit.
    """
    return _filled(slug(NUMBERED.sub(r"\1 ", plain(reference).upper())), reference)


def committee_iri(reference: str) -> str:
    """Return the IRI of a committee."""
    return f"{BASE}committee/{committee_slug(reference)}"


@dataclass(frozen=True)
class Reference:
    """A standard's reference taken apart: the undated part, the year, and supplements (`Amd 1`) with their years."""

    work: str
    year: str = ""
    supplements: tuple[tuple[str, str], ...] = ()

    @property
    def work_iri(self) -> str:
        """The IRI of the standard over all its editions."""
        return f"{BASE}standard/{_filled(slug(LOCAL_CODE.sub('DB', self.work)), self.work)}"

    @property
    def edition_iri(self) -> str:
        """The IRI of this edition or supplement; of the work where there is no year and no supplement."""
        if not self.supplements:
            return f"{self.work_iri}/ed/{self.year}" if self.year else self.work_iri
        return "/".join(
            [self.work_iri, f"ed/{self.year}", *(slug(f"{name} {year}") for name, year in self.supplements)]
        )

    @property
    def amended(self) -> Reference | None:
        """What a supplement belongs to, None for what is no supplement."""
        return Reference(self.work, self.year, self.supplements[:-1]) if self.supplements else None


def reference(text: str) -> Reference:
    """Return a standard's printed reference taken apart (rule 6).

    >>> reference("ISO/IEC 19566-7:2022/Amd 1:2025").edition_iri
    'https://w3id.org/stdgraph/id/standard/iso-iec-19566-7/ed/2022/amd-1-2025'
    >>> reference("GB/T 35273—2020").edition_iri
    'https://w3id.org/stdgraph/id/standard/gb-t-35273/ed/2020'

    Raises:
        ValueError: the reference holds no letter or digit.
    """
    base, *rest = SUPPLEMENT.split(plain(text))
    work, year = _year(base, dashed=not base.upper().startswith(COLON_CODES))
    _filled(slug(work), text)
    return Reference(work, year, tuple(_year(part, dashed=False) for part in rest))


def _year(text: str, *, dashed: bool) -> tuple[str, str]:
    if found := COLON_YEAR.match(text):
        return found[1].strip(), found[2] + (f"-{found[3]}" if found[3] else "")
    if dashed and (found := DASH_YEAR.match(text)):
        return found[1].strip(), found[2]
    return text, ""


def workitem_iri(number: str) -> str:
    """Return the IRI of a project of the ISO register by its number."""
    return f"{BASE}workitem/iso-{slug(number)}"


def register_body_iri(number: str) -> str:
    """Return the IRI of a body that only its number in the ISO register identifies."""
    return f"{BASE}org/iso-id-{slug(number)}"


def ics_iri(code: str) -> str:
    """Return the IRI of a class of the International Classification for Standards.

    >>> ics_iri("03.100.70")
    'https://w3id.org/stdgraph/concept/ics-03.100.70'
    """
    return f"{STDGC}ics-{code}"


def _filled(found: str, text: str) -> str:
    if not found:
        raise ValueError(Phrase("'{text}' holds no letter or digit to make an identifier of", text=text))
    return found
