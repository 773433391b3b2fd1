"""SVG drawings: documents that a browser would run, of which only what draws is let through.

An allow-list: an element, an attribute or an address that is not known to draw
is refused, whatever it might do; a browser of tomorrow may do more with it.
"""

from __future__ import annotations

import functools
import re
from xml.parsers import expat

from plancher.base import addresses

SVG, _XLINK, _XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
_INERT = (
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/elements/1.1/",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://www.bohemiancoding.com/sketch/ns",
    "http://www.serif.com/",
    "http://www.figma.com/figma/ns",
)
"""What drawing programs note for themselves: no browser knows it."""
_ELEMENTS = frozenset(
    "svg g defs symbol use switch title desc metadata path rect circle ellipse line polyline polygon text tspan textPath image a marker pattern mask clipPath "
    "linearGradient radialGradient meshgradient stop filter style view animate animateMotion animateTransform set mpath feBlend feColorMatrix "
    "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
    "feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence".split()
)
_DRAWN = frozenset(
    "alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters color-rendering cursor cx cy d direction "
    "display dominant-baseline dx dy enable-background fill fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings "
    "font-kerning font-size font-size-adjust font-stretch font-style font-variant font-weight fr fx fy gradientTransform height image-rendering isolation "
    "kerning letter-spacing lighting-color marker marker-end marker-mid marker-start mask mask-type mix-blend-mode offset opacity order overflow paint-order "
    "patternTransform pathLength pointer-events points r rotate rx ry shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset "
    "stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering transform transform-origin "
    "unicode-bidi vector-effect viewBox visibility white-space width word-spacing writing-mode x x1 x2 y y1 y2 z".split()
)
"""Attributes that draw, and that an animation may change."""
_OTHERS = frozenset(
    "id class style lang dir role tabindex version baseProfile preserveAspectRatio zoomAndPan contentScriptType contentStyleType requiredFeatures "
    "requiredExtensions systemLanguage type media title target rel href gradientUnits spreadMethod patternUnits patternContentUnits maskUnits "
    "maskContentUnits clipPathUnits filterUnits primitiveUnits markerUnits markerWidth markerHeight refX refY orient lengthAdjust textLength "
    "startOffset method spacing side in in2 result mode operator k1 k2 k3 k4 values stdDeviation edgeMode kernelMatrix divisor bias targetX "
    "targetY preserveAlpha surfaceScale kernelUnitLength diffuseConstant specularConstant specularExponent azimuth elevation pointsAtX pointsAtY "
    "pointsAtZ limitingConeAngle scale xChannelSelector yChannelSelector radius baseFrequency numOctaves seed stitchTiles tableValues slope "
    "intercept amplitude exponent attributeName attributeType begin dur end min max restart repeatCount repeatDur fill calcMode keyTimes "
    "keySplines keyPoints from to by additive accumulate path origin space decoding loading fetchpriority".split()
)
_HREFS = {"a": "link", "image": "picture", "feImage": "picture"}
"""What an address may be on these; elsewhere, a part of the drawing."""
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_LOADED = re.compile(r"url\(\s*(?P<quote>[\"']?)(?P<address>[^)\"']*)(?P=quote)\s*\)", re.IGNORECASE)
_DATA = re.compile(
    r"data:(?:image/(?:png|jpe?g|gif|webp)|(?:application/(?:x-)?font-\w+|font/\w+|application/octet-stream))[^,]*;base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE
)
_LOADS = re.compile(r"url\(|src\(|image\(|image-set|cross-fade|element\(|paint\(|expression|behaviou?r|-moz-binding|javascript:|\\|<|//", re.IGNORECASE)
"""What could load or run in a style sheet, once parts of the drawing and pictures it holds are left out; and what could hide it."""
_FUNCTIONS = re.compile(r"(?:src|image|image-set|cross-fade|element|paint|expression)\(", re.IGNORECASE)
_NO_STYLE = frozenset({"id", "class", "d", "points", "title", "lang", "rel", "target", "requiredFeatures", "requiredExtensions"})
"""Attributes that no style sheet reads."""
_RULE = re.compile(r"@(?!media\b|supports\b|(?:-webkit-|-moz-)?keyframes\b|font-face\b|layer\b)[\w-]*", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ENCODING = re.compile(r"<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_DEEPEST = 500


class _RefusedError(Exception):
    """Something is not let through; the message names it, in French."""


@functools.lru_cache(maxsize=512)
def refusal(raw: bytes) -> str:
    """Why a drawing is not published; empty when it only draws."""
    try:
        text = raw.decode("utf-8-sig")
        said = _ENCODING.match(text.lstrip())
        if said and said[1].lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
            return f"encodage « {said[1][:20]} »"
        _Wall().read(text)
    except UnicodeDecodeError:
        return "illisible, ou pas en UTF-8"
    except (expat.ExpatError, ValueError):
        return "illisible"
    except _RefusedError as refused:
        return str(refused)
    return ""


class _Wall:
    """Looks at each event of the parser; the first that is not let through ends it."""

    def __init__(self) -> None:
        self._depth = 0
        self._style: list[str] | None = None
        """What a style sheet holds, while one is read."""

    def read(self, text: str) -> None:
        parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.Parse(text.encode("utf-8"), True)  # noqa: FBT003 - expat's signature

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: bool) -> None:  # noqa: FBT001 - expat's signature
        if has_subset:
            raise _RefusedError("entités ou règles dans « <!DOCTYPE »")

    def _instruction(self, target: str, _data: str) -> None:
        raise _RefusedError(f"instruction <?{target[:30]}>")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, bare = name.rpartition(" ")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _RefusedError(f"plus de {_DEEPEST} niveaux")
        if self._depth == 1 and (space, bare) != (SVG, "svg"):
            raise _RefusedError(f'<{bare[:30]}> au lieu de <svg xmlns="{SVG}">')
        if self._style is not None:
            raise _RefusedError(f"<{bare[:30]}> dans <style>")
        if space.startswith(_INERT):
            return
        if space != SVG or bare not in _ELEMENTS:
            raise _RefusedError(f"<{bare[:30]}>")
        if bare == "style":
            self._style = []
        for attribute, value in attributes.items():
            self._attribute(bare, attribute, value)

    def _attribute(self, element: str, name: str, value: str) -> None:
        space, _, bare = name.rpartition(" ")
        if space.startswith(_INERT) or bare.startswith(("data-", "aria-")):
            return
        if space not in {"", _XLINK, _XML} or (space == _XML and bare not in {"space", "lang", "id"}):
            raise _RefusedError(f"attribut « {bare[:30]} »")
        if bare == "href":
            self._address(element, value.strip())
        elif space == _XLINK:
            return  # what a link is called, and how it opens
        elif bare not in _DRAWN and bare not in _OTHERS:
            raise _RefusedError(f"attribut « {bare[:30]} »")
        elif bare == "attributeName":
            if value.strip().rpartition(":")[2] not in _DRAWN:
                raise _RefusedError(f"animation de « {value.strip()[:30]} »")
        else:
            _style(value, bare)

    def _address(self, element: str, value: str) -> None:
        kind = _HREFS.get(element, "part")
        is_fine = value.startswith("#") or (kind == "picture" and _PICTURE.fullmatch(value)) or (kind == "link" and addresses.is_safe(value))
        if not is_fine:
            raise _RefusedError(f"adresse « {value[:40]} » sur <{element}>")

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._style is not None:
            _style("".join(self._style), "style")
            self._style = None

    def _words(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)


def _style(text: str, where: str) -> None:
    """:raises _RefusedError: a style sheet, or a value of an attribute, could load or run something."""
    if where in _NO_STYLE or not re.search(r"[(@\\:<]", text):
        return
    for loaded in _LOADED.finditer(text):
        address = loaded["address"].strip()
        if not address.startswith("#") and not _DATA.fullmatch(address):
            raise _RefusedError(f"« {address[:40]} » dans {where}")
    rest = _LOADED.sub("", _COMMENT.sub(" ", text))
    # A comment may stand within quotes, where it is none.
    found = _RULE.search(rest) or _LOADS.search(rest) or _RULE.search(text) or _FUNCTIONS.search(text)
    if found:
        raise _RefusedError(f"« {found[0][:20]} » dans {where}")
