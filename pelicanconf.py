"""Whose blog this is, and what it sets otherwise than the engine does (« plancher/pelican_adapter/defaults.py »)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "plugins"))

from plancher.blog import FeedSettings, GuideSettings, HostingSettings, Identity, Words, blog_settings

IDENTITY = Identity(
    name="Le plancher des vaches",
    motto="Le numérique utile aux petites entreprises, preuves à l’appui",
    address="https://plancher-des-vaches.example",
    author="La rédaction",
    email="redaction@plancher-des-vaches.example",
    licence="CC BY-SA 4.0",
    wordmark="images/enseigne.svg",
    promise="Une promesse flotte, une preuve pèse. Ici, chaque billet ramène l’une à l’autre.",
    doors=(
        ("Débuter", "/debuter/", "Selon le temps que vous avez : dix minutes, un après-midi, un trimestre."),
        ("Preuves", "/preuves/", "Le registre : ce qui est prouvé, et ce qui ne l’est pas."),
        ("Modes d’emploi", "/categorie/mode-d-emploi/", "Une chose utile, à faire cette semaine."),
    ),
    words=Words(promise="Dans les nuages, la promesse", proof="Sur le plancher, la preuve"),
)
globals().update(blog_settings(IDENTITY))

PLUGIN_PATHS = [str(Path(__file__).resolve().parent / "plugins")]
PLANCHER_FEEDS = FeedSettings(authority="plancher-des-vaches.example", since="2024")  # in every identifier: never change it
PLANCHER_GUIDE = GuideSettings(published=True)  # readers of this blog write blogs
PLANCHER_HOSTING = HostingSettings(host="github")  # its Pages send no headers: the policy stands in each page
