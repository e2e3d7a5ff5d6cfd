"""A short hash as Dutch words, so that people can compare it by eye or read it out.

There are 256 words, so each is worth eight bits; any two differ in two letters at least.
"""

from __future__ import annotations

import difflib
import unicodedata

from pb_engine.errors import MistypedCode
from pb_engine.sealing.framing import digest

NUMBER = 4
_LIST = """
aardbei adem akker appel arend auto avond baard balkon banaan bank basis beker berg bezem bloem
boek bolle boom brief bril brood brug buik bureau cactus cadeau camera cirkel citroen clown
dadel dak dans deken deur dijk dinsdag dokter dolfijn donder doos dorp draad druif duim eekhoorn
eend egel eiland emmer fabriek familie feest fiets film fluit fontein forel foto framboos
garnaal gast gebouw geit geluk gezin gitaar glas goud graan grens grot haak hagel hamer hand
haring harp haven heg hemel herfst hert heuvel hoed honing hoofd huis iglo ijs indruk inkt jager
jas jeugd jongen kaars kabel kameel kanaal kano kapper kasteel kat kelder kers ketting kikker
kind kip klok knoop koffie komkommer kooi korf krab krijt kroon kruk kunst kussen kwartier lade
lamp lantaarn laurier leeuw lente lepel licht lijst maand magneet marmer meer melk meubel mist
moeder mol molen mond morgen motor muur muziek naald nacht nest neus noot oever olifant olijf
omslag oog orgel paleis pan papier parel pauw piano pijl pinda plank plein poes poort prei prins
profiel punt puzzel raam radijs raket regen reiger riem ring rivier robot rots ruiter saus
schaar schip school sjaal slak sleutel sneeuw soep spiegel spons staart steen stoel storm straat
strik stuur suiker tafel tapijt tent thee tijger toren touw trein trui tuin tulp uil uitzicht
valk varen venster vijver vinger vis vlag vlinder voet vogel vork vrede waaier wagen walnoot
wandeling water weegschaal week weide wereld wesp wiel winter wolk wortel zaag zalm zebra zee
zeil zilver zomer zon zuster zwaan zwemmer
"""
_WORDS = tuple(_LIST.split())
_KNOWN = frozenset(_WORDS)


def check_words(what: str | bytes, number: int = NUMBER) -> str:
    """Return words for something that may be known: eight bits of its SHA-256 each, at most 32.

    Whoever sees them learns nothing that they could not work out from ``what``.
    """
    return " ".join(_WORDS[value] for value in digest("pb-engine/check-words/1", what)[:number])


def read_check_words(typed: str, number: int = NUMBER) -> str:
    """Return so many words as ``check_words`` writes them, however they were typed.

    :raises MistypedCode: ``problem`` is ``length`` (with ``given`` and ``wanted``) or ``word``
        (with its ``position``, counting from 1).
    """
    words = unicodedata.normalize("NFKC", typed[:200]).casefold().replace("-", " ").split()
    if len(words) != number:
        raise MistypedCode(
            f"there are {number} check words; these are {len(words)}",
            problem="length",
            given=len(words),
            wanted=number,
        )
    for position, word in enumerate(words, start=1):
        if word not in _KNOWN:
            raise MistypedCode(_unknown(word, position), problem="word", position=position)
    return " ".join(words)


def _unknown(word: str, position: int) -> str:
    near = difflib.get_close_matches(word, _WORDS, n=1)
    hint = f"; is it {near[0]!r}?" if near else ""
    return f"word {position} is not a check word{hint}"
