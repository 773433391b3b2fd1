"""Whose blog the tests build: nobody's.

It stands in the place of what an owner says in pelicanconf.py, which no test
reads but those of the owner's own site. A project of the tests' has this text
in its pelicanconf.py.
"""

from plancher.blog import FeedSettings, Identity, Words, blog_settings

IDENTITY = Identity(
    name="Le carnet d’essai",
    motto="Un blog inventé, pour que les essais ne dépendent de personne",
    address="https://carnet.example",
    author="Les essayeurs",
    licence="CC BY-SA 4.0",
    promise="Rien de ce qui suit n’a eu lieu.",
    words=Words(promise="En l’air, la promesse", proof="Par terre, la preuve"),
)
globals().update(blog_settings(IDENTITY))

PLANCHER_FEEDS = FeedSettings(authority="carnet.example", since="2024")
