"""Company names as people remember them, matched to the employers that are known."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from server.imports.cells import tidy
from server.imports.codes import GuessReason
from server.imports.values import KnownEmployer

_LIKELY_MIN = 0.80
_LEAD_MIN = 0.08
_CANDIDATE_MIN = 0.45
_CANDIDATES_MAX = 4
_SHORTLIST = 12
_NAME_CHARS_MAX = 120
_LEGAL_FORMS = {
    "ab": "ab", "aktiebolag": "ab", "aktiebolaget": "ab", "hb": "hb", "handelsbolag": "hb", "handelsbolaget": "hb",
    "kb": "kb", "kommanditbolag": "kb", "publ": "", "ekför": "ekför", "oy": "oy", "oyj": "oy", "as": "as", "asa": "as",
    "aps": "aps", "gmbh": "gmbh", "ltd": "ltd", "limited": "ltd", "inc": "inc", "llc": "llc", "plc": "plc", "bv": "bv",
    "ef": "ef", "enskildfirma": "ef", "corp": "inc",
}  # fmt: skip
_JOINED = (
    (re.compile(r"\bek\s?\.?\s?för\w*\b\.?|\bekonomisk(?:a)? förening(?:en)?\b"), " ekför "),
    (re.compile(r"\benskild firma\b"), " enskildfirma "),
    (re.compile(r"\ba\s?/\s?s\b"), " as "),
    (re.compile(r"\ba\.\s?b\.?(?=\W|$)"), " ab "),
    (re.compile(r"\s*[&+]\s*|\band\b"), " och "),
)
_WISH_BREAK = re.compile(r"[;,|/\n\r•]|\s(?:och|samt|eller|and|or)\s|\s\d[.)]\s")
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}\s*[.):-]|[-–•*])\s*")


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A company's name for comparing: `core` without legal form and additions, and the form by itself.

    `words` are the core's, without accents; `compact` is them in one.
    """

    core: str
    legal_form: str
    words: tuple[str, ...]
    compact: str

    @property
    def initials(self) -> str:
        """The first letter of each word."""
        return "".join(word[0] for word in self.words)


@dataclass(frozen=True, slots=True)
class CompanyMatch:
    """The employer a name means. With none, `candidates` are those it may mean, likeliest first."""

    employer: KnownEmployer | None = None
    doubt: GuessReason | None = None
    candidates: tuple[KnownEmployer, ...] = ()


def fold(text: str) -> str:
    """`text` without accents and dots over letters."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def company_name(text: str) -> CompanyName:
    """The name cut down to what two people would both write: no case, quotes, additions or legal form."""
    name = unicodedata.normalize("NFKC", tidy(text)[:_NAME_CHARS_MAX]).casefold()
    bare = re.sub(r"\([^)]*\)?", " ", name)
    name = bare if re.search(r"\w", bare) else name
    for pattern, joined in _JOINED:
        name = pattern.sub(joined, name)
    tokens = re.sub(r"[\W_]+", " ", re.sub(r"['’`´]", "", name)).split()
    forms = {_LEGAL_FORMS[token] for token in (tokens[:1] + tokens[-2:]) if token in _LEGAL_FORMS}
    while len(tokens) > 1 and tokens[-1] in _LEGAL_FORMS:
        tokens.pop()
    while len(tokens) > 1 and tokens[0] in ("ab", "aktiebolaget", "hb", "kb"):
        tokens.pop(0)
    core = " ".join(tokens)
    words = tuple(fold(core).split())
    return CompanyName(core=core, legal_form="".join(sorted(forms)), words=words, compact="".join(words))


def same_company(first: str, second: str) -> bool:
    """Whether two names differ only in what `company_name` leaves out, accents or spaces."""
    return company_name(first).compact == company_name(second).compact


class CompanyMatcher:
    """Matches names to a set of known employers; each distinct name is worked out once."""

    def __init__(self, employers: Sequence[KnownEmployer]) -> None:
        self.by_key: dict[str, KnownEmployer] = {}
        self._employers: list[tuple[CompanyName, KnownEmployer]] = []
        self._by_compact: dict[str, list[tuple[CompanyName, KnownEmployer]]] = defaultdict(list)
        self._by_piece: dict[str, list[int]] = defaultdict(list)
        self._by_initials: dict[str, list[int]] = defaultdict(list)
        self._matches: dict[str, CompanyMatch] = {}
        for employer in employers:
            self.add(employer)

    def add(self, employer: KnownEmployer) -> None:
        """Know one more employer."""
        name, place = company_name(employer.name), len(self._employers)
        self.by_key[employer.key] = employer
        self._employers.append((name, employer))
        self._by_compact[name.compact].append((name, employer))
        self._by_initials[name.initials].append(place)
        for piece in _pieces(name.compact):
            self._by_piece[piece].append(place)
        self._matches.clear()

    def match(self, text: str) -> CompanyMatch:
        """The employer that `text` means; a doubt where it took more than case, quotes and legal form."""
        if text not in self._matches:
            name = company_name(text)
            same = self._by_compact.get(name.compact, []) if name.compact else []
            self._matches[text] = _pick_same(name, same) if same else self._pick_similar(name)
        return self._matches[text]

    def match_all(self, cell: str) -> list[tuple[str, CompanyMatch]]:
        """The employers in one cell that may hold several; a name may itself contain a separator."""
        whole = _NUMBERING.sub("", cell)
        if not tidy(whole):
            return []
        found = self.match(whole)
        cuts = list(_WISH_BREAK.finditer(whole))[:20]
        if (found.employer and found.doubt is None) or not cuts:
            return [(tidy(whole), found)]
        bounds = [0] + [cut.end() for cut in cuts]
        ends = [cut.start() for cut in cuts] + [len(whole)]
        parts = self._join_parts(whole, bounds, ends)
        return parts if _is_list(whole, found, [match for _, match in parts]) else [(tidy(whole), found)]

    def _join_parts(self, whole: str, bounds: list[int], ends: list[int]) -> list[tuple[str, CompanyMatch]]:
        """Takes the longest run of parts that is an employer's own name, else one part at a time."""
        parts: list[tuple[str, CompanyMatch]] = []
        at = 0
        while at < len(bounds):
            for last in range(len(ends) - 1, at - 1, -1):
                text = tidy(_NUMBERING.sub("", whole[bounds[at] : ends[last]]))
                match = self.match(text)
                if last == at or (match.employer and match.doubt is None):
                    break
            if text:
                parts.append((text, match))
            at = last + 1
        return parts

    def _pick_similar(self, name: CompanyName) -> CompanyMatch:
        if not name.compact:
            return CompanyMatch()
        shared = Counter(place for piece in _pieces(name.compact) for place in self._by_piece.get(piece, ()))
        least = max(2, len(name.compact) // 5)
        near = sorted((-count, place) for place, count in shared.items() if count >= least)
        places = [place for _, place in near[:_SHORTLIST]]
        places += [place for place in self._by_initials.get(name.compact, ()) if place not in places]
        scored = sorted(
            ((_likeness(name, self._employers[place][0]), -place) for place in places),
            reverse=True,
        )
        ranked = [(score, self._employers[-place][1]) for score, place in scored if score >= _CANDIDATE_MIN]
        if not ranked:
            return CompanyMatch()
        lead = ranked[0][0] - (ranked[1][0] if len(ranked) > 1 else 0.0)
        if ranked[0][0] >= _LIKELY_MIN and lead >= _LEAD_MIN:
            shortened = len(name.compact) < 0.75 * len(company_name(ranked[0][1].name).compact)
            return CompanyMatch(ranked[0][1], "company_abbreviated" if shortened else "company_spelling")
        return CompanyMatch(candidates=tuple(employer for _, employer in ranked[:_CANDIDATES_MAX]))


def _is_list(whole: str, found: CompanyMatch, parts: list[CompanyMatch]) -> bool:
    """Whether a cell holds several employers; *and* parts them only where each part is one by itself."""
    means = {match.employer.key for match in parts if match.employer}
    is_known = all(match.employer for match in parts)
    if found.employer and is_known and means == {found.employer.key}:
        return False
    if re.search(r"[;,|/\n\r•]|\s\d[.)]\s", whole):
        return True
    return is_known and len(means) == len(parts)


def _pick_same(name: CompanyName, same: list[tuple[CompanyName, KnownEmployer]]) -> CompanyMatch:
    if len(same) > 1:
        exact = [employer for known, employer in same if known.legal_form == name.legal_form and name.legal_form]
        if len(exact) == 1:
            return CompanyMatch(exact[0])
        return CompanyMatch(candidates=tuple(employer for _, employer in same[:_CANDIDATES_MAX]))
    known, employer = same[0]
    if name.legal_form and known.legal_form and name.legal_form != known.legal_form:
        return CompanyMatch(employer, "company_legal_form")
    return CompanyMatch(employer)


def _pieces(compact: str) -> set[str]:
    """Runs of three letters, the ends marked."""
    padded = f" {compact} "
    return {padded[at : at + 3] for at in range(max(1, len(padded) - 2))}


def _likeness(name: CompanyName, known: CompanyName) -> float:
    """From 0 to 1: the best of spelling, shared words, shortened words and initials."""
    scores = [SequenceMatcher(None, name.compact, known.compact).ratio()]
    ours, theirs = name.words, known.words
    fewer, more = sorted((ours, theirs), key=len)
    shared = "".join(fewer)
    if set(fewer) <= set(more) and len(shared) >= 4:
        scores.append(0.86 + 0.1 * len(shared) / max(len("".join(more)), 1))
    if len(ours) > 1 and _shortens(ours, theirs):
        scores.append(0.88)
    elif len(shared) >= 4 and len(fewer) == 1 and "".join(more).startswith(shared):
        scores.append(0.84)
    if len(theirs) > 1 and name.compact == known.initials:
        scores.append(0.82)
    return max(scores)


def _shortens(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether each of our words begins one of theirs, in the same order."""
    at = 0
    for word in ours:
        while at < len(theirs) and not theirs[at].startswith(word):
            at += 1
        if at == len(theirs):
            return False
        at += 1
    return True
