"""What every blog of this engine sets in Pelican; a blog's own ``pelicanconf.py`` may set each of them otherwise."""

from __future__ import annotations

from plancher.base import theme_folder
from plancher.pelican_adapter.engine import Engine

# Where things are
PATH = "content"
THEME = str(theme_folder.engine())
OUTPUT_PATH = "output"
CACHE_PATH = ".cache"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images", "videos", "documents"]
THEME_STATIC_PATHS = ["static/icons"]
IGNORE_FILES = [".*", "*~", "#*#", "*.bak", "*.orig", "*.swp", "*.swo", "*.tmp", "__pycache__", "Thumbs.db"]

# Who does the work
PELICAN_CLASS = Engine
PLUGINS = [
    "plancher.pelican_adapter",  # reads texts, plans the site, writes it
    "plancher.components.callouts",
    "plancher.components.typography",
    "plancher.components.tangible",
    "plancher.components.tags",
    "plancher.components.links",
    "plancher.components.talks",
    "plancher.components.series",
    "plancher.components.authors",
    "plancher.components.related",
    "plancher.components.answers",
    "plancher.components.guide",
    "plancher.components.search",
    "plancher.outputs.theme",
    "plancher.outputs.feeds",
    "plancher.outputs.discovery",
    "plancher.outputs.announcing",
]

# Addresses: these are promises, they never change
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
ARTICLE_LANG_URL = "{date:%Y}/{date:%m}/{slug}-{lang}/"
ARTICLE_LANG_SAVE_AS = ARTICLE_LANG_URL + "index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = PAGE_URL + "index.html"
CATEGORY_URL = "categorie/{slug}/"
CATEGORY_SAVE_AS = CATEGORY_URL + "index.html"
TAG_URL = "tag/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
ARCHIVES_URL = "archives/"
ARCHIVES_SAVE_AS = ARCHIVES_URL + "index.html"
YEAR_ARCHIVE_URL = "archives/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = YEAR_ARCHIVE_URL + "index.html"
TAGS_URL = "tags/"
TAGS_SAVE_AS = TAGS_URL + "index.html"
CATEGORIES_URL = "categories/"
CATEGORIES_SAVE_AS = CATEGORIES_URL + "index.html"
ABONNEMENT_URL = "abonnement/"
ABONNEMENT_SAVE_AS = ABONNEMENT_URL + "index.html"
INDEX_URL = ""
AUTHOR_SAVE_AS = ""
DRAFT_SAVE_AS = ""  # a draft has no address
DRAFT_LANG_SAVE_AS = ""
DRAFT_PAGE_SAVE_AS = ""
DRAFT_PAGE_LANG_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "archives", "tags", "categories", "404"]
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None}
DEFAULT_PAGINATION = 10
PAGINATION_PATTERNS = [(1, "{url}", "{save_as}"), (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html")]

# Reading
DEFAULT_LANG = "fr"
DEFAULT_CATEGORY = "Divers"
USE_FOLDER_AS_CATEGORY = False
SLUGIFY_SOURCE = "basename"
SLUG_REGEX_SUBSTITUTIONS = [(r"['’]", "-"), (r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-")]
ARTICLE_TRANSLATION_ID = None  # two posts with one slug are an error, not translations
PAGE_TRANSLATION_ID = None
WITH_FUTURE_DATES = True  # the reader itself keeps the future for later, by SOURCE_DATE_EPOCH
DEFAULT_DATE_FORMAT = "%Y-%m-%d"
JINJA_ENVIRONMENT = {"trim_blocks": True, "lstrip_blocks": True}
RELATIVE_URLS = False

# Feeds
FEED_ALL_ATOM = "feeds/atom.xml"
FEED_ALL_RSS = "feeds/rss.xml"
CATEGORY_FEED_ATOM = "feeds/categorie/{slug}.atom.xml"
CATEGORY_FEED_RSS = "feeds/categorie/{slug}.rss.xml"
TAG_FEED_ATOM = "feeds/tag/{slug}.atom.xml"
TAG_FEED_RSS = "feeds/tag/{slug}.rss.xml"
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
