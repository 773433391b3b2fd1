"""What the settings of a blog import: whose it is, all that the engine sets for it, and the settings objects it may change."""

from plancher.base.identity import Colours, Identity, Words
from plancher.build.reading_settings import ReadingSettings
from plancher.build.settings import BuildingSettings
from plancher.components.answers.settings import AnswerSettings
from plancher.components.guide.settings import GuideSettings
from plancher.components.links.settings import LinkSettings
from plancher.components.tags.settings import TagSettings
from plancher.components.talks.settings import TalkSettings
from plancher.components.tangible.settings import TangibleSettings
from plancher.markdown.typography.settings import TypographySettings
from plancher.outputs.announcing.settings import AnnouncingSettings
from plancher.outputs.discovery.settings import HostingSettings
from plancher.outputs.feeds.settings import FeedSettings
from plancher.outputs.theme.settings import ThemeSettings
from plancher.pelican_adapter.blog_settings import blog_settings, published_settings
from plancher.pictures.settings import PictureSettings

__all__ = [
    "AnnouncingSettings",
    "AnswerSettings",
    "BuildingSettings",
    "Colours",
    "FeedSettings",
    "GuideSettings",
    "HostingSettings",
    "Identity",
    "LinkSettings",
    "PictureSettings",
    "ReadingSettings",
    "TagSettings",
    "TalkSettings",
    "TangibleSettings",
    "ThemeSettings",
    "TypographySettings",
    "Words",
    "blog_settings",
    "published_settings",
]
