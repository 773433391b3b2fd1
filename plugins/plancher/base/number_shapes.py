"""The shapes of what a French author writes around a number: signs, spaces, scales, durations, bounds, ranks.

``quantities`` asks for them, in an order that counts.
"""

from __future__ import annotations

import re

from plancher.base import lazy

SPACES = lazy.pattern(r"[\s\u00a0\u2007\u2009\u202f]+")
NUMBER = r"[0-9]{1,3}(?:[ '’][0-9]{3})+(?:[,.][0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]+(?:[,.][0-9]+)?"
WRITTEN = lazy.pattern(rf"(?P<sign>[-+−–]? ?)(?P<number>{NUMBER})(?P<rest>.*)", re.DOTALL)
AMBIGUOUS = lazy.pattern(
    r"[1-9][0-9]{0,2}[.,][0-9]{3}(?![0-9,.])|[0-9]{1,3}(?: [0-9]{3})+\.[0-9]{3}(?![0-9])|[0-9]+:[0-9]{2}"
    r"|[0-9]+ ?/ ?(?:19|20)[0-9]{2}$|0[0-9] ?/ ?[0-9]|[0-9]{1,2} ?/ ?0[0-9]"
)
"""Thousands in one country and decimals in another; an hour or a ratio; a month or a share."""
CODE = lazy.pattern(r"0 ?[0-9](?:[ .]?[0-9]){2,}")
"""A telephone, a postcode: numbers do not begin with a zero."""
DURATION = lazy.pattern(
    r"(?:(?P<hours>[0-9]+(?:[ '’][0-9]{3})*(?:,[0-9]+)?) ?(?:h|heures?)\b\.?)? ?(?:(?P<minutes>[0-9]+(?:,[0-9]+)?)(?P<named> ?(?:min|mn|m|minutes?)\b\.?)?)?"
    r" ?(?:(?P<seconds>[0-9]{1,2})(?: ?(?:s|sec|secondes?)\b\.?)?(?<=[0-9sc.]))?(?P<rest>(?:(?: ?/ ?| )[^0-9]*)?)",
    re.IGNORECASE,
)
GLUED = lazy.pattern(r"(?<=[0-9])h(?=[0-9])", re.IGNORECASE)
SPAN = lazy.pattern(r"^entre .*[0-9].* et .*[0-9]|[0-9][^0-9]* à [^0-9]*[0-9]|[0-9] ?[^ 0-9]{0,3} ?[-–—] ?[0-9]|[0-9] ou [0-9]|±", re.IGNORECASE)
BOUND = lazy.pattern(
    r"^(?:plus d|moins d|au moins|au plus|au-delà|à partir d|dès |jusqu|près d'un? |(?:au )?(?:max|min)(?:imum|i|\.)? ?(?=[0-9])|[<>≤≥⩽⩾≦≧])"
    r"|\b(?:et|ou) (?:plus|moins|au-delà|davantage)\b|[+−–-]$|\b(?:au )?(?:max|maxi|maximum|mini|minimum|a minima|a maxima)$"
    r"|(?<! par )(?<! la )(?<=[^\W\d_] )min\.?$",
    re.IGNORECASE,
)
ROUGH = lazy.pattern(r"^(?:environ |à peu près |autour de |quelque |approximativement |près de |env\. |~ ?|≈ ?)", re.IGNORECASE)
ROUGH_AFTER = lazy.pattern(r" (?:environ|env\.?|approximativement|à peu près|\(environ\))$", re.IGNORECASE)
SCALES = {"k": 3, "m": 6, "md": 9, "mds": 9, "mrd": 9, "g": 9}
SCALE_WORDS = lazy.pattern(r"^(?P<scale>mille|milliers?|millions?|milliards?)\b(?: d(?:e |'|’))? ?", re.IGNORECASE)
OF = lazy.pattern(r"^ (?:d(?:e |['’]))?")
POWERS = {"mille": 3, "millier": 3, "million": 6, "milliard": 9}
SCALED = re.compile(
    r"^(?P<scale>k|K|M|Mds?|Mrd|G) ?(?:d['’])?(?P<money>(?:€|euros?|EUR|\$|£|CHF|F)(?![\w]).*)$|^(?P<bare>k|K|M|Mds?|Mrd)(?=$| (?:d(?:e |['’]))?[^\W\d_]{4})"
)
MINUS = {"-", "−", "–"}
PARTS = {"¼": "25", "½": "5", "¾": "75"}
PART = lazy.pattern(r"(?<![0-9,.])([0-9]+)? ?([¼½¾])")
OUT_OF = lazy.pattern(rf"(?P<share>{NUMBER})(?: ?/ ?|(?P<of> [^\d]*?)? sur )(?P<whole>{NUMBER})(?P<rest>(?: [^\W\d_][^\d]*)?)")
"""« 8/10 », « 3 sur 10 », « 3 clients sur 10 »."""
NO_TRUE_ZERO = lazy.pattern(
    r"°|º|degrés?\b|(?i:\b(?:celsius|fahrenheit|kelvins?|d[ée]cibels?)\b)|\bdBA?\b|\bpH\b|^C$"
    r"|^min (?:du (?:matin|soir)|de l['’]après-midi|précises?|pile|tapantes?)\b"
)
"""Twenty degrees are not twice ten; eight in the morning is no length of time."""
SURE = lazy.pattern(r"(?:heure|minute|seconde|jour|semaine|mois|an|année|euro|million|milliard|millier)s?\b", re.IGNORECASE)
DAY = lazy.pattern(
    r"(?:er )?(?:janv?|janvier|fevr?|fevrier|mars|avr|avril|mai|juin|juil|juillet|aout|sept|septembre|oct|octobre|nov|novembre|dec|decembre)\b"
    r"|(?:e|er|re|eme)s?\b"
)
"""After a number, what makes it a date or a rank."""
RANK = lazy.pattern(r"(?:[eè]re|nde?|de|i[eè]re?|i[eè]me)s?\b|[GD]$")
"""Right after a digit only: « 2nd », « 5G », « 3D »."""
CENTS = lazy.pattern(r"(?<=[0-9]) ?(?:€|euros?) ?([0-9]{2})$", re.IGNORECASE)
SECOND_NUMBER = lazy.pattern(r"(?<![^\W\d_])[\d¼½¾]|^[eE][0-9]|[\d¼½¾]{2}")
"""A digit that is not the end of a unit: « m2 », « CO2 »."""
GLUED_NUMBER = lazy.pattern(r"(?!(?:[cdkm]?m[23]|t?CO2)(?!\w))[^\W\d_]{1,3}[0-9]")
"""« 2k5 », « 7s5 »: a number is cut in two by its unit."""
RAISED = frozenset({"Lm", "No", "Nl"})
"""« 40ᵉ », « 12² », « 2⅓ »: a rank, a note, a fraction, in the place of a unit."""
COUNTED = lazy.pattern(r"(?:[^\W\d_]|[€$£¥%‰°µΩ])[^:;,?!…«»+<>≤≥~≈±×=¼½¾\x00-\x1f\u2190-\u21ff]*")
"""The name of something that is counted."""
