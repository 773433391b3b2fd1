"""Which rules each country follows, in which order, and when it is worth running them."""

from __future__ import annotations

from plancher.markdown.typography import bonds, missing, quotes, rules

FRANCE: dict[str, rules.Rule] = {
    "symbols": rules.symbols,
    "ordinals": rules.ordinals,
    "multiplication": rules.multiplication,
    "ellipsis": rules.ellipsis,
    "dashes": rules.dashes,
    "asides": rules.asides,
    "commas": rules.commas,
    "guillemets": quotes.guillemets,
    "guillemet_spaces": rules.guillemet_spaces,
    "apostrophes": rules.apostrophes,
    "high_punctuation": rules.high_punctuation,
    "colon": rules.colon,
    "telephones": bonds.telephones,
    "glued_units": bonds.glued_units,
    "thousands": rules.thousands,
    "units": rules.units,
    "hours": bonds.hours,
    "abbreviations": bonds.abbreviations,
    "reigns": bonds.reigns,
    "initials": bonds.initials,
}
"""In the order they run: each may rely on those before it."""
NEEDED: dict[str, tuple[str, ...]] = {
    "symbols": ("(",),
    "ordinals": ("ème", "eme", "ère", "ere"),
    "multiplication": ("x", "×"),
    "ellipsis": ("...", "…", "etc"),
    "dashes": ("-", "–", "—"),
    "asides": ("–", "—"),
    "commas": (",",),
    "guillemets": ('"', "“", "”", "„"),
    "guillemet_spaces": ("«", "»"),
    "apostrophes": ("'",),
    "high_punctuation": (";", "!", "?"),
    "colon": (":",),
    "thousands": (),
    "telephones": ("0", "+"),
    "glued_units": ("km", "kg", "cm", "mm", "mg", "µg", "cl", "ml", "kW", "ko", "Ko", "Mo", "Go", "To", "°", "k€", "M€", "Md€"),
    "units": (),
    "hours": ("h ", "min ", "h\n", "min\n", "h\u00a0", "h\u202f", "min\u00a0", "min\u202f"),
    "abbreviations": (),
    "reigns": (),
    "initials": (),
    "missing_spaces": (";", "!", "?", ":"),
}
"""For each rule, signs of which a text must contain one; a rule without signs always runs."""
NUMERIC = frozenset({"multiplication", "thousands", "units", "telephones", "hours", "glued_units"})
"""Rules that also need a digit."""
BONDED = ("abbreviations", "reigns", "initials")
"""Rules that one quick test guards together (``bonds.MAYBE``): they run last, and most sentences need none."""
LOCALES: dict[str, dict[str, rules.Rule]] = {
    "fr_FR": FRANCE,
    "fr_BE": FRANCE,
    "fr_CA": FRANCE | {"high_punctuation": rules.high_punctuation_tight},
    "fr_CH": FRANCE | {"guillemet_spaces": rules.guillemet_spaces_thin, "colon": rules.colon_thin},
}
INSERTED: dict[str, rules.Rule] = {
    "fr_FR": missing.spaces,
    "fr_BE": missing.spaces,
    "fr_CA": missing.spaces_before_colons,
    "fr_CH": missing.spaces_thin,
}
"""What adds the spaces that an author did not type, where the site asks for it."""
