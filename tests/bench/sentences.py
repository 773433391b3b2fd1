"""A small grammar of French: sentences that agree and elide, and mean almost nothing."""

from __future__ import annotations

import random
import re

import words

_ELIDED = re.compile(r"(?<![\w-])([Ll]e|[Ll]a|[Dd]e|[Qq]ue|[Nn]e|[Ss]e|[Ll]orsque|[Pp]uisque) (?=[aàâeéèêiîoôuùûhy])", re.IGNORECASE)
_CONTRACTED = {"de le ": "du ", "à le ": "au "}

PATTERNS = (
    "{who} {does} {what} {when}.",
    "{when}, {who} {does} {what} {how}.",
    "{who} a {done} {what} {how}, puis {does} {what} {when}.",
    "il suffit de {do} {what} {when} pour que {who} retrouve {what}.",
    "mieux vaut {do} {what} {how} que de {do} {what} {when}.",
    "on oublie souvent de {do} {what}, et c'est {who} qui {does} {what} {when}.",
    "{when}, on {does} {what} et l'on {does} {what} {how}.",
    "qui {does} {what} {when} ?",
    "pourquoi {do} {what} {how}, si {who} ne {does} jamais {what} ?",
    "{who} {does} {what} parce que {who} {does} {what} {when}.",
    "le résultat tient en un mot : {what}.",
    "{number} {units} plus tard, {who} {does} {what} {how}.",
    "personne ne {does} {what} {when}, sauf {who}.",
    "ce que {who} {does} {when}, {who} ne le {does} plus {how}.",
    "la question reste la même : qui {does} {what}, et à quoi le voit-on ?",
    "{who} le dit ainsi : « {who} {does} {what} {when}. »",
    "avant de {do} {what}, {who} {does} {what} {how} ; après, {who} {does} {what}.",
    "le compte passe de {low} à {high} € : {who} {does} {what} {when}.",
    "en {year}, {who} {does} encore {what} {how}.",
    "{what} ne prouve rien tant que {who} ne {does} pas {what}.",
    "il reste {number} {units} pour {do} {what}, {do} {what} et {do} {what}.",
    "si {who} {does} {what}, alors {what} devient une habitude...",
    "c'est {who} qui {does} {what}, et non {who} ; la différence se voit {when}.",
    'on appelle cela "{do} {what}", faute de mieux.',
)

TITLES = (
    "{what} sans détour",
    "{do} {what} {how}",
    "{do} {what}, puis {do} {what}",
    "{what} et {what}",
    "{what}, {number} mois après",
    "pourquoi {do} {what} ?",
    "faut-il {do} {what} {when} ?",
    "ce que {who} {does} {when}",
    "{what} : une promesse, une preuve",
    "quand {who} {does} {what}",
    "{number} {units} pour {do} {what}",
    "{who} {does} {what}",
)


class Writer:
    """Sentences out of one source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def __getitem__(self, slot: str) -> str:
        """One fresh word for a slot of a pattern: two ``{what}`` differ."""
        return str(getattr(self, f"_{slot}")())

    def fill(self, pattern: str) -> str:
        """The pattern with its words, smoothed, without a capital."""
        return smooth(pattern.format_map(self))

    def phrase(self, pattern: str) -> str:
        """The same with a capital."""
        return capital(self.fill(pattern))

    def sentence(self) -> str:
        return self.phrase(self.chance.choice(PATTERNS))

    def title(self) -> str:
        return self.phrase(self.chance.choice(TITLES))

    def paragraph(self, low: int = 2, high: int = 6) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randint(low, high)))

    def _who(self) -> str:
        return self.chance.choice(words.PEOPLE)

    def _what(self) -> str:
        noun = self.chance.choice(words.THINGS)
        if self.chance.random() < 0.3:
            masculine, feminine = self.chance.choice(words.ADJECTIVES).split(",")
            return f"{noun} {feminine if noun.startswith('la ') else masculine}"
        return noun

    def _does(self) -> str:
        return self._verb(0)

    def _done(self) -> str:
        return self._verb(1)

    def _do(self) -> str:
        return self._verb(2)

    def _verb(self, form: int) -> str:
        return self.chance.choice(words.VERBS).split(",")[form]

    def _when(self) -> str:
        return self._stressed(self.chance.choice(words.MOMENTS))

    def _how(self) -> str:
        return self._stressed(self.chance.choice(words.MANNERS))

    def _stressed(self, text: str) -> str:
        """Now and then in italics or bold; never a noun, whose article may elide."""
        drawn = self.chance.random()
        return f"*{text}*" if drawn < 0.03 else f"**{text}**" if drawn < 0.06 else text

    def _number(self) -> str:
        return self.chance.choice(words.NUMBERS)

    def _units(self) -> str:
        return self.chance.choice(words.UNITS)

    def _low(self) -> int:
        return self.chance.randint(2, 99) * 10

    def _high(self) -> int:
        return self.chance.randint(100, 2000) * 10

    def _year(self) -> int:
        return self.chance.randint(2016, 2025)


def smooth(text: str) -> str:
    """« le agenda » is « l'agenda », « de le devis » is « du devis »."""
    text = _ELIDED.sub(lambda found: f"{found[1][:-1]}'", text)
    for apart, joined in _CONTRACTED.items():
        text = re.sub(rf"(?<!\w){apart}", joined, text)
    return text


def capital(text: str) -> str:
    """A capital on the first letter, behind any mark of emphasis, and on that of a quotation."""
    return re.sub(r"\A\W*\w|(?<=« )\w", lambda found: found[0].upper(), text)


def plain(text: str) -> str:
    """Without emphasis: for titles and fields."""
    return text.replace("*", "")
