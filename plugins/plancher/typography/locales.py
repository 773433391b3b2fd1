"""Which rules each country follows, in which order, and when it is worth running them."""

from __future__ import annotations

from plancher.typography import quotes, rules

FRANCE: dict[str, rules.Rule] = {
    "symbols": rules.symbols,
    "ordinals": rules.ordinals,
    "multiplication": rules.multiplication,
    "ellipsis": rules.ellipsis,
    "dashes": rules.dashes,
    "commas": rules.commas,
    "guillemets": quotes.guillemets,
    "guillemet_spaces": rules.guillemet_spaces,
    "apostrophes": rules.apostrophes,
    "high_punctuation": rules.high_punctuation,
    "colon": rules.colon,
    "thousands": rules.thousands,
    "units": rules.units,
    "abbreviations": rules.abbreviations,
}
"""In the order they run: each may rely on those before it."""
NEEDED: dict[str, tuple[str, ...]] = {
    "symbols": ("(",),
    "ordinals": ("ème", "eme", "ère", "ere"),
    "multiplication": ("x", "×"),
    "ellipsis": ("...", "etc"),
    "dashes": ("-", "–", "—"),
    "commas": (",",),
    "guillemets": ('"', "“", "”", "„"),
    "guillemet_spaces": ("«", "»"),
    "apostrophes": ("'",),
    "high_punctuation": (";", "!", "?"),
    "colon": (":",),
    "thousands": (),
    "units": (),
    "abbreviations": ("M", "Dr", "Pr", "siècle"),
}
"""For each rule, signs of which a text must hold one: what costs least is not to look."""
NUMERIC = frozenset({"multiplication", "thousands", "units"})
"""Rules that also need a digit."""
DIGIT_IS_ENOUGH = frozenset({"abbreviations"})
"""Rules for which a digit is a sign too."""
LOCALES: dict[str, dict[str, rules.Rule]] = {
    "fr_FR": FRANCE,
    "fr_BE": FRANCE,
    "fr_CA": FRANCE | {"high_punctuation": rules.high_punctuation_tight},
    "fr_CH": FRANCE | {"guillemet_spaces": rules.guillemet_spaces_thin, "colon": rules.colon_thin},
}
