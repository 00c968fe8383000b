"""Whether bytes are provably Western European text (cp1252, of which Latin-1 is a part)."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.readers.plausible import reads_as


class Language(NamedTuple):
    """``letters`` beyond ASCII that its texts have (names from next door included), and common ``words`` with such a letter."""

    letters: frozenset[str]
    words: frozenset[str]


def _language(letters: str, words: str) -> Language:
    return Language(frozenset(letters), frozenset(words.split()))


LANGUAGES = (
    _language(
        "äöüßÄÖÜéáíóú",
        "für über universität universitäten fakultät präsident präsidentin präsidium straße geschäftsführer geschäftsführerin "
        "geschäftsführung behörde förderung fördergeber gegründet höhe münchen köln zürich österreich nürnberg düsseldorf gebäude "
        "träger vergütung prüfung tätigkeit zuständig größe länder städte jährlich männlich schüler",
    ),
    _language(
        "éèêëàâçôîïûùœÉÈÊÀÂÇÔÎäöü",
        "université société école prénom téléphone début durée numéro intitulé président présidente présidence général générale "
        "établissement évaluation métiers région énergie créé créée année février août décembre responsabilité associé associée "
        "développement ingénieur ingénieure thèse français française étudiant étudiante équipe coopération bénéficiaire catégorie "
        "privé chargé chargée délégué déléguée mécanique électronique génie",
    ),
    _language(
        "áéíóúñüÁÉÍÓÚÑ",
        "compañía año universidad dirección teléfono institución fundación título investigación técnico técnica área española español "
        "asociación número educación",
    ),
    _language("áâãàçéêíóôõúÁÂÃÇÉÍÓÚ", "instituição fundação não título início término são ciência técnico direção associação número"),
    _language("àèéìòùÀÈÉ", "università società città qualità attività responsabilità"),
)


def is_western(sample: bytes) -> bool:
    """Whether bytes that are not UTF-8 prove to be cp1252: read so they have common words of one language with letters beyond ASCII, and no
    letter that this language lacks. Bytes of another encoding give such words only by chance, and letters that stand nowhere."""
    if not reads_as(sample, "cp1252"):
        return False
    text = sample.decode("cp1252", "replace")
    beyond = {character for character in text if character > "\x7f" and character.isalpha()}
    spoken = set(re.findall(r"\w+", text.casefold()))
    return any(
        beyond <= language.letters and any(word.casefold() in spoken for word in language.words if not word.isascii())
        for language in LANGUAGES
    )
