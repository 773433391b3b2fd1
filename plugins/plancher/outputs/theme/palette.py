"""The colours that the owner of a blog chose, as a style sheet over the theme's own (``tokens.css``)."""

from __future__ import annotations

from plancher.base.identity import Colours

_LIGHT = """
  --paper: {paper};
  --paper-deep: color-mix(in oklab, {paper} 95%, {ink});
  --ink: {ink};
  --ink-soft: color-mix(in oklab, {ink} 80%, {paper});
  --ground: {ground};
  --ground-soft: color-mix(in oklab, {ground} 10%, {paper});
  --cloud: {cloud};
  --cloud-soft: color-mix(in oklab, {cloud} 8%, {paper});
  --rule: color-mix(in oklab, {ink} 25%, {paper});
"""


def sheet(colours: Colours) -> str:
    """The sheet; empty when the colours are those of the theme: its own shades stay."""
    if colours == Colours():
        return ""
    light = _LIGHT.format(paper=colours.paper, ink=colours.ink, ground=colours.ground, cloud=colours.cloud)
    dark = _LIGHT.format(paper=colours.dark_paper, ink=colours.dark_ink, ground=colours.dark_ground, cloud=colours.dark_cloud)
    return (
        f"@layer tokens {{ :root {{ {light} }}"
        f" @media (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ {dark} }} }}"
        f" :root[data-theme=dark] {{ {dark} }} }}"
    )
