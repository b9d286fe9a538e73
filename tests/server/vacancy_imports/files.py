"""Files of vacancies, all of them invented."""

from __future__ import annotations

import json
from typing import Any


def advertisement(number: str = "90000001", **changed: Any) -> dict[str, Any]:
    """An advertisement in the employment service's form."""
    return {
        "id": number,
        "headline": "Systemutvecklare till Påhittsvall",
        "application_deadline": "2026-06-30T23:59:59",
        "number_of_vacancies": 2,
        "description": {"text": "Vi bygger saker.\nFråga Ada, 19850101-1234.", "text_formatted": "<p>Vi bygger</p>"},
        "employment_type": {"concept_id": "PFZr_Syz_cUq", "label": "Vanlig anställning"},
        "employer": {"name": "Påhittade System AB", "organization_number": "5560000001", "workplace": "Kontoret"},
        "application_details": {"url": "https://paahitt.example/jobb", "email": "ada@paahitt.example", "via_af": False},
        "application_contacts": [{"name": "Ada Påhittsson", "email": "ada@paahitt.example"}],
        "occupation": {"concept_id": "fg7B_yov_smw", "label": "Systemutvecklare/Programmerare"},
        "workplace_address": {"municipality": "Påhittsvall", "city": "Byn"},
        "must_have": {"skills": [{"concept_id": "aaaa_bbb_ccc", "label": "Java", "weight": 10}], "languages": []},
        "nice_to_have": {"skills": [{"concept_id": "aaaa_bbb_ddd", "label": "Korgflätning", "weight": 5}]},
        "publication_date": "2026-05-01T00:00:00",
        "last_publication_date": "2026-06-30T23:59:59",
        "removed": False,
        "removed_date": None,
        **changed,
    }


def removed(number: str) -> dict[str, Any]:
    """What a stream says of an advertisement that is gone."""
    return {"id": number, "removed": True, "removed_date": "2026-05-10T08:00:00", "occupation": "fg7B_yov_smw"}


def search_answer(*ads: Any) -> bytes:
    return json.dumps({"total": {"value": len(ads)}, "hits": list(ads)}, ensure_ascii=False).encode()


def stream(*ads: Any) -> bytes:
    return json.dumps(list(ads)).encode()


def one_a_line(*ads: Any) -> bytes:
    return "\n".join(json.dumps(ad) for ad in ads).encode()


SHEET = """Annons-id;Rubrik;Arbetsgivare;Org.nr;Yrke;Kommun;Arbetsform;Krav;Meriterande;Sista ansökningsdag;Antal
A1;Drifttekniker;Låtsasnät AB;556000-0002;Drifttekniker;Åhittsköping;Distans;Linux, Nätverk;Python;2026-06-15;1
A2;Testare;Låtsasnät AB;556000-0002;Testare;Östby;;Testautomatisering;;1/7 2026;2
"""
