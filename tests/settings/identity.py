"""Whose blog the tests build: nobody's.

What an owner says of theirs in pelicanconf.py is said here in its place, so
that no expectation holds a name, an address or a choice of theirs. A test that
needs a whole project has this text at the foot of its pelicanconf.py.
"""

from plancher.blog import FeedSettings, Identity, LinkSettings, TagSettings, TalkSettings, TangibleSettings, blog_settings

IDENTITY = Identity(
    name="Le carnet d’essai",
    motto="Un blog inventé, pour que les essais ne dépendent de personne",
    address="https://carnet.example",
    author="Les essayeurs",
    licence="CC BY-SA 4.0",
    promise="Une promesse d’essai.",
)
globals().update(blog_settings(IDENTITY))
PLANCHER_TANGIBLE = TangibleSettings()
PLANCHER_TAGS = TagSettings()
PLANCHER_LINKS = LinkSettings()
PLANCHER_TALKS = TalkSettings()
PLANCHER_FEEDS = FeedSettings(authority="carnet.example", since="2024")
