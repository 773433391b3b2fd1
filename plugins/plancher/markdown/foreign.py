"""Syntax of other tools that this one does not read: reported with its line, and with what to write here.

Everything stays on the page as it was typed; nothing is guessed.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence

from plancher.base.french import clip
from plancher.base.problems import Problem, Problems
from plancher.text.blocks import Line
from plancher.text.document import Document


@dataclasses.dataclass(frozen=True)
class _Foreign:
    """One syntax that this site does not read."""

    sign: str
    """A text without it needs no search."""
    shape: str
    remedy: str

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when its sign is met: few texts have any."""
        return re.compile(self.shape, re.MULTILINE)

    def may_be_in(self, text: str) -> bool:
        """A quick test: one letter is found twenty times as fast as two."""
        return self.sign[0] in text and self.sign in text


_CALLOUT = "Écrivez « > [!note] Titre », puis chaque ligne derrière « > »"
_FORMULA = "Les formules ne sont pas mises en forme : écrivez-la en mots, ou mettez-en une image."
_BLOCKS = (
    _Foreign("!!!", r"!!! +[\w\"].*", f"{_CALLOUT}."),
    _Foreign("???", r"\?\?\?\+? +[\w\"].*", f"{_CALLOUT}."),
    _Foreign(":::", r":::+ *(?:\{.*|[\w.-].*)?", f"{_CALLOUT}, sans ligne pour fermer."),
    _Foreign("{{", r".*?(?P<cut>\{\{[<%].*?(?:[%>]\}\}|$)).*", "Remplacez ce raccourci par du Markdown : une image, un lien, un bloc."),
    _Foreign("{%", r".*?(?P<cut>\{%-? ?.*?(?:%\}|$)).*", "Remplacez cette balise de gabarit par du Markdown."),
    _Foreign("import ", r"import\s+.*\s*from\s+[\"'].+[\"'];?", "Retirez cette ligne : aucun code n'est lu dans un texte."),
    _Foreign("export ", r"export\s+(?:default|const)\b.*", "Retirez cette ligne : aucun code n'est lu dans un texte."),
)
"""Whole lines that another tool would interpret."""
_WORDS = (
    _Foreign("[[", r"!?\[\[(?!_TOC_)[^\[\]]+\]\]", "Écrivez « [texte]({filename}autre-billet.md) », ou « ![texte]({static}/images/nom.png) »."),
    _Foreign("$$", r"\$\$(?<!\\\$\$)(?:.*?\$\$|\s*$)", _FORMULA),
    _Foreign("$", r"\$(?<![\w$\\]\$)(?=[^\s$\d])[^$\n]*?[\\^_={}][^$\n]*?(?<=\S)\$(?![\w$])", _FORMULA),
    _Foreign("==", r"==(?<![=\w]==)(?=[^\s=])[^=\n]+?(?<=\S)==(?![=\w])", "Écrivez « <mark>texte</mark> »."),
    _Foreign("++", r"\+\+(?<![+\w]\+\+)(?=[^\s+])[^+\n]+?(?<=\S)\+\+(?![+\w])", "Écrivez « <ins>texte</ins> »."),
    _Foreign("^", r"\^(?<![\[^\\]\^)(?=[^\s^\]])[^^\s]{1,20}\^(?!\^)", "Écrivez « <sup>texte</sup> »."),
    _Foreign(":", r":(?<![\w:/]:)[a-z][a-z0-9_+-]{2,}:(?![\w:/])", "Collez l'émoji lui-même."),
    _Foreign("%%", r"%%[^%\n]+%%", "Écrivez « <!-- remarque --> », ou retirez-la."),
    _Foreign(
        "\\",
        r"\\(?:newpage|pagebreak|vspace|hspace|textbf|textit|emph|section|begin|end|cite|ref|label|footnote)\b(?:\{[^}]*\})?",
        "Retirez cette commande de LaTeX.",
    ),
    _Foreign(
        "<!--", r"(?i)<!-- *(?:more|excerpt|truncate|end-?excerpt|teaser_end) *-->", "Retirez cette ligne, et donnez le résumé dans l'en-tête (« Summary: … »)."
    ),
    _Foreign("_TOC_", r"\[\[_TOC_\]\]", "Retirez cette ligne : le sommaire se fait tout seul."),
    _Foreign("{", r"\{(?<=[^\s{*_`)\]] \{)[:.#][^{}\n]*\}[ \t]*$", "Placez-le sous le paragraphe, seul sur sa ligne."),
    _Foreign("\u00a0", r"^(?:> ?)*[-*+]\u00a0", "Ce n'est pas une liste : tapez une espace ordinaire après le signe."),
)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_ADDRESS = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s[^()]*)?\)|<?https?://\S+|\{(?:filename|static|attach)\}\S*")
"""Signs in an address do not count."""


def foreign_syntax(document: Document) -> Problems:
    """A text is written as this site reads it."""
    lines, text = document.scan.every_line, document.scan.every_text
    blocks = [rule for rule in _BLOCKS if rule.may_be_in(text)]
    words = [rule for rule in _WORDS if rule.may_be_in(text) and rule.pattern.search(text)]
    for line in lines if blocks or words else ():
        if line.raw:
            yield from _in_words(line, words) if line.text.startswith("<!--") else ()
            continue
        problems = list(_whole(line, blocks))
        yield from problems or _in_words(line, words)


def _whole(line: Line, rules: Sequence[_Foreign]) -> Iterator[Problem]:
    typed = _CODE.sub("", line.text.strip(" >")) if rules else ""
    for rule in rules:
        if rule.sign in typed and (match := rule.pattern.fullmatch(typed)):
            cut = match.groupdict().get("cut") or match[0]
            yield Problem(line.number, "PDV045", f"« {clip(cut.strip(), 40)} » n'est pas lu ici. {rule.remedy}")
            return


def _in_words(line: Line, rules: Sequence[_Foreign]) -> Iterator[Problem]:
    text = _ADDRESS.sub(" ", _CODE.sub(" ", line.text)) if rules else ""
    for rule in rules:
        for match in rule.pattern.finditer(text):
            if not (text.startswith("#") and match[0].lstrip().startswith(("{#", "{:", "{."))):
                yield Problem(line.number, "PDV046", f"« {clip(match[0].strip(), 40)} » n'est pas lu ici. {rule.remedy}")
