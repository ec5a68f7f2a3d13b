"""What goes out in any format comes back the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.glossary.samples import OURS, a_term, any_terms, brought, plain
from toolkit.errors import OutputError
from toolkit.glossary import Term, read_glossary
from toolkit.glossary.exchange import Format, read_terms, terms_bytes
from toolkit.languages import TARGETS, Language

LOSSLESS = (Format.CSV, Format.XLSX, Format.TBX, Format.TBX2, Format.TMX)
SUFFIXES = {Format.TBX2: ".tbx", Format.OMEGAT: ".utf8"}
CHECKS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def there_and_back(terms: tuple[Term, ...], kind: Format, folder: Path, language: Language = "en") -> list[object]:
    path = folder / f"terms{SUFFIXES.get(kind, f'.{kind}')}"
    path.write_bytes(terms_bytes(terms, kind, language))
    incoming = read_terms(path)
    assert incoming.remarks == ()
    return list(brought(incoming))


def in_language(term: Term, language: Language) -> Term:
    """The part of a term that a glossary of one language holds."""
    return replace(
        term,
        targets={language: term.targets[language]},
        accepted={language: term.accepted[language]},
        forbidden={language: term.forbidden[language]},
    )


@pytest.mark.parametrize("kind", LOSSLESS)
def test_our_whole_glossary_comes_back_the_same_in_order_with_its_files(kind: Format, tmp_path: Path) -> None:
    terms = read_glossary(OURS).terms
    assert there_and_back(terms, kind, tmp_path) == [plain(term) for term in terms]


@pytest.mark.parametrize("kind", LOSSLESS)
@CHECKS
@given(terms=any_terms())
def test_any_terms_come_back_the_same(kind: Format, terms: tuple[Term, ...], tmp_path: Path) -> None:
    assert there_and_back(terms, kind, tmp_path) == [plain(term) for term in terms]


@pytest.mark.parametrize("language", TARGETS)
@CHECKS
@given(terms=any_terms())
def test_omegat_keeps_all_of_one_language_in_lines_and_comments(
    language: Language, terms: tuple[Term, ...], tmp_path: Path
) -> None:
    lines = tuple(
        in_language(term, language)
        for term in terms
        if len(set(term.allowed(language))) == len(term.allowed(language)) > 0
        and not any(source.startswith("#") for source in term.sources)
    )
    if lines:
        assert there_and_back(lines, Format.OMEGAT, tmp_path, language) == [plain(term) for term in lines]


def test_omegat_refuses_a_source_that_it_would_pass_over() -> None:
    with pytest.raises(OutputError, match="starts with #"):
        terms_bytes((a_term("#甘南"),), Format.OMEGAT)


@pytest.mark.parametrize("kind", list(Format))
def test_the_same_terms_give_the_same_bytes(kind: Format) -> None:
    terms = read_glossary(OURS).terms[:5]
    assert terms_bytes(terms, kind) == terms_bytes(terms, kind)


@pytest.mark.parametrize("kind", LOSSLESS)
@pytest.mark.parametrize("status", ["proposed", "approved", "deprecated", "forbidden"])
def test_name_date_and_status_survive_with_every_kind_of_rendering(kind: Format, status: str, tmp_path: Path) -> None:
    term = a_term(
        status=status, by="བཀྲ་ཤིས།", date="2026-11-25", en_accepted="Kanlho | Gannan", en_forbidden="State", bo="",
        bo_accepted="ཀན་ལྷོ", zh_accepted="甘南藏族自治州 | 甘南自治州", note="a | b; c", domain="place",
    )  # fmt: skip
    assert there_and_back((term,), kind, tmp_path) == [plain(term)]
